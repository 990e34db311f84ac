"""An HTTP server in the test's own process, that answers as it is told and keeps what it was asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True)
class Asked:
    """One request; its body without compression."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Said:
    """One answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Stub:
    """What the server was asked, and what it says.

    Args:
        answer: What it says to whom.
    """

    def __init__(self, answer: Callable[[Asked], Said]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.url = ""
        self._port = 0
        self._runner: web.AppRunner | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen; after `stop` on the same port, with what was asked before."""
        application = web.Application(client_max_size=1 << 30)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, ssl_context=tls)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """Take no more connections, and close those that are open."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.Request) -> web.Response:
        asked = Asked(request.path, dict(request.query), request.headers.copy(), await request.read())
        self.asked.append(asked)
        said = self.answer(asked)
        return web.Response(status=said.status, body=said.body, headers=said.headers)


@asynccontextmanager
async def stub(
    answer: Callable[[Asked], Said] = lambda _: Said(), *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Stub]:
    """A server until the context ends; it takes everything unless it is told otherwise."""
    server = Stub(answer)
    await server.start(tls)
    try:
        yield server
    finally:
        await server.stop()


def in_turn(*said: Said) -> Callable[[Asked], Said]:
    """Answers in turn, the last one for ever."""
    left = list(said)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listener(talk: Talk, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server that does with each connection what it is told; gives its port, and leaves no connection behind."""
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await talk(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.wait_closed())  # until then also no connection is open
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for writer in writers:
                writer.transport.abort()


@asynccontextmanager
async def raw(talk: Talk) -> AsyncIterator[str]:
    """A server that does with a connection what no HTTP server should; gives its address."""
    async with listener(talk) as port:
        yield f"http://127.0.0.1:{port}"
