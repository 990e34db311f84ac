"""An endpoint of a hook: a real server with a real certificate, that answers what a test wants."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer

HOST = "hooks.example.com"
"""The name under which endpoints are reached; it leads to this machine."""

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def accepting(request: web.Request) -> web.StreamResponse:
    """Repeat the challenge, take every delivery."""
    challenge = request.headers.get("x-okta-verification-challenge")
    return web.Response(status=204) if challenge is None else web.json_response({"verification": challenge})


def always(status: int) -> Answering:
    """Answer every request with a status."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    return answer


def in_turn(*answers: Answering) -> Answering:
    """Answer one after the other, and the last one from then on."""
    left = list(answers)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


async def never(_: web.Request) -> web.StreamResponse:
    """Say nothing until Okta hangs up, which cancels this."""
    await asyncio.Event().wait()
    raise AssertionError


async def breaking(request: web.Request) -> web.StreamResponse:
    """Drop the connection instead of answering."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@dataclass(frozen=True)
class Got:
    """A request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return dict(msgspec.json.decode(self.body))

    @property
    def uuids(self) -> list[str]:
        return [event["uuid"] for event in self.json["data"]["events"]]


@dataclass
class Receiver:
    """What arrived, and how it is answered."""

    url: str = ""
    answering: Answering = accepting
    got: list[Got] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def deliveries(self) -> list[Got]:
        return [got for got in self.got if got.method == "POST"]

    @property
    def challenges(self) -> list[Got]:
        return [got for got in self.got if got.method == "GET"]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        got = Got(request.method, request.path, headers, await request.read())
        async with self._arrived:
            self.got.append(got)
            self._arrived.notify_all()
        return await self.answering(request)

    async def wait_for(self, count: int) -> None:
        """Wait for so many requests; a test that waits in vain fails after 10 s."""
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.got) >= count)

    async def wait_for_deliveries(self, count: int) -> list[Got]:
        """The deliveries, once there are so many; a test that waits in vain fails after 10 s."""
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.deliveries) >= count)
        return self.deliveries


@asynccontextmanager
async def receiving(authority: trustme.CA, certified: str = HOST) -> AsyncIterator[Receiver]:
    """Listen with a certificate for a host name, signed by an authority, while the context lasts."""
    receiver = Receiver()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(certified).configure_cert(context)
    application = web.Application(client_max_size=64 * 1024 * 1024)
    application.router.add_route("*", "/{path:.*}", receiver.handle)
    server = TestServer(application)
    await server.start_server(ssl=context)
    receiver.url = f"https://{HOST}:{server.port}/okta"
    try:
        yield receiver
    finally:
        await server.close()
