"""What a dispatcher answers while another one is active: it is well, and has nothing to tell."""

from __future__ import annotations

from aiohttp import web

from okta_hooks.admin.application import json_response, with_token
from okta_hooks.admin.token import AdminToken


def standing_by(token: AdminToken) -> web.Application:
    """The paths of its admin port."""

    async def well(_: web.Request) -> web.Response:
        return web.Response(text="standing by\n")

    async def stats(_: web.Request) -> web.Response:
        return json_response({"error": "this dispatcher stands by: ask the active one"}, status=503)

    application = web.Application()
    application.router.add_get("/healthz", well)
    application.router.add_get("/readyz", well)
    application.router.add_get("/stats", with_token(token, stats))
    return application
