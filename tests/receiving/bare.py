"""What a receiver is measured against: a handler that checks the secret, parses the same body, and keeps nothing.

    python -m receiving.bare SECRET PATH

prints the port it listens on.
"""

from __future__ import annotations

import asyncio
import hmac
import sys

import uvloop
from aiohttp import web

from okta_hooks.receiver.delivery import read_delivery


async def _serve(secret: bytes, path: str) -> None:
    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), secret):
            return web.Response(status=401)
        return web.Response(status=200 if read_delivery(await request.read()) else 400)

    application = web.Application()
    application.router.add_post(path, take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1].encode(), sys.argv[2]))
