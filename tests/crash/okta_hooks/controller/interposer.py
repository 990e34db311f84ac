"""A server between a client and the one that it means: it knows each call before it is forwarded and before the answer.

Real sockets and real TLS on both sides; a watch's answer is passed on as it comes.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import partial

import aiohttp
from aiohttp import web

from contract.okta_hooks.controller.okta import Certificates
from crash.okta_hooks.controller.calls import Naming
from okta_simulator.tls import server_context

_LARGEST_BODY = 4 << 20
_AUTOMATIC = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
_OF_ONE_CONNECTION = {"connection", "host", "keep-alive", "content-length", "transfer-encoding"}


class Moment(Enum):
    """Where a call is."""

    BEFORE = "before"
    """It was sent, and has not reached the server."""
    AFTER = "after"
    """The server has done it, and the answer is not on its way yet."""


@dataclass(frozen=True)
class Passage:
    """A call at one of its two moments."""

    moment: Moment
    call: str

    def __str__(self) -> str:
        return f"{self.moment.value} {self.call}"


Witness = Callable[[Passage], Awaitable[None]]
"""Told of every passage, which waits for it; raises `Cut` where the call ends."""


class Cut(Exception):
    """A call goes no further: nobody is left to hear of it."""


@dataclass(frozen=True)
class Interposer:
    """Forwards calls.

    Args:
        target: The URL of the server that is meant.
        trust: How that server is trusted, and what it is shown.
        naming: What calls are called.
        witness: Told of each.
    """

    target: str
    trust: ssl.SSLContext
    naming: Naming
    witness: Witness

    @contextlib.asynccontextmanager
    async def listening(self, certificates: Certificates) -> AsyncIterator[str]:
        """Answer at the URL that is given."""
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=self.trust, limit=0),
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
        ) as session:
            application = web.Application(client_max_size=_LARGEST_BODY)
            application.router.add_route("*", "/{path:.*}", partial(self._handle, session))
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=0, handler_cancellation=True)
            await runner.setup()
            try:
                tls = server_context(certificates.certificate, certificates.key)
                await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
                yield f"https://localhost:{runner.addresses[0][1]}"
            finally:
                await runner.cleanup()

    async def _handle(self, session: aiohttp.ClientSession, request: web.Request) -> web.StreamResponse:
        call = self.naming(request.method, request.path, request.query)
        body = await request.read()
        try:
            await self.witness(Passage(Moment.BEFORE, call))
            async with session.request(
                request.method,
                f"{self.target}{request.raw_path}",
                headers=_end_to_end(request.headers.items()),
                data=body or None,
                skip_auto_headers=_AUTOMATIC,
                allow_redirects=False,
            ) as answer:
                if request.query.get("watch") == "true":
                    return await self._pass_on(call, request, answer)
                content = await answer.read()
                await self.witness(Passage(Moment.AFTER, call))
                return web.Response(status=answer.status, body=content, headers=_end_to_end(answer.headers.items()))
        except Cut:
            return web.Response(status=502)

    async def _pass_on(self, call: str, request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
        await self.witness(Passage(Moment.AFTER, call))
        passed = web.StreamResponse(status=answer.status, headers=_end_to_end(answer.headers.items()))
        await passed.prepare(request)
        async for chunk in answer.content.iter_any():
            await passed.write(chunk)
        return passed


def _end_to_end(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _OF_ONE_CONNECTION]
