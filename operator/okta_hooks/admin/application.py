"""The paths that every process of a pod answers on its admin port.

| path | token | answers |
|---|---|---|
| `/healthz` | no | 200, or 503 and why the process should be started again |
| `/readyz` | no | 200, or 503 and why nothing should be sent here |
| `/metrics` | no | Prometheus' text format |
| `/stats` | yes | the process' statistics, as JSON |
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec
from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from okta_hooks.admin.token import AdminToken

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Health(Protocol):
    """What probes ask for."""

    def illness(self) -> str | None:
        """Why only a new start can help; None while the process is well."""
        ...

    def unreadiness(self) -> str | None:
        """Why the process can't do its work now; None while it can."""
        ...


def admin_application(
    *, health: Health, registry: CollectorRegistry, statistics: Callable[[], msgspec.Struct], token: AdminToken
) -> web.Application:
    """The common paths; a process adds its own, those that need the token through `with_token`."""

    async def healthz(_: web.Request) -> web.Response:
        return _probe(health.illness())

    async def readyz(_: web.Request) -> web.Response:
        return _probe(health.unreadiness())

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def stats(_: web.Request) -> web.Response:
        return json_response(statistics())

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)
    application.router.add_get("/stats", with_token(token, stats))
    return application


def with_token(token: AdminToken, handler: Handler) -> Handler:
    """Let only those in who know the token; nothing else of a request is looked at before."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not token.permits(request.headers.get("Authorization")):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        return await handler(request)

    return guarded


def json_response(content: object, *, status: int = 200) -> web.Response:
    """An answer in JSON."""
    return web.Response(body=msgspec.json.encode(content), status=status, content_type="application/json")


def _probe(trouble: str | None) -> web.Response:
    return web.Response(status=503 if trouble else 200, text=f"{trouble or 'ok'}\n")
