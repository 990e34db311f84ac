"""An API server that is away, slow, or not one at all."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from kubernetes.aio import client as transport

from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import SECRET

KEY = ObjectKey("identity", "sign-ins-secret")

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def serving(talk: Talk) -> AsyncIterator[int]:
    """Something that listens; its port."""

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            await talk(reader, writer)

    async with await asyncio.start_server(once, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@contextlib.asynccontextmanager
async def connected(port: int) -> AsyncIterator[ApiServer]:
    async with transport.ApiClient(transport.Configuration(host=f"http://127.0.0.1:{port}")) as client:
        yield ApiServer(client, patience=0.5)


def saying(answer: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    return talk


async def wait_for_the_end(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def test_no_answer_in_time_is_unavailable() -> None:
    async with serving(wait_for_the_end) as port, connected(port) as api:
        with pytest.raises(errors.Unavailable, match=r"get Secret identity/sign-ins-secret: no answer within"):
            await api.get(SECRET, KEY)


async def test_an_answer_that_stops_in_its_middle_is_unavailable() -> None:
    async with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")) as port, connected(port) as api:
        with pytest.raises(errors.Unavailable):
            await api.get(SECRET, KEY)


async def test_an_answer_that_is_not_json_is_unavailable() -> None:
    async with serving(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")) as port, connected(port) as api:
        with pytest.raises(errors.Unavailable, match="not JSON"):
            await api.get(SECRET, KEY)


async def test_an_address_where_nothing_listens_is_unavailable() -> None:
    async with serving(wait_for_the_end) as port:
        pass
    async with connected(port) as api:
        with pytest.raises(errors.Unavailable, match="not reached"):
            await api.get(SECRET, KEY)
