"""What serves the cluster: whoever connects and asks nothing keeps nobody else from being answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from okta_hooks.admin.listening import ConnectionLimits, listen, serving_cluster

ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
HALF = ASKED[:10]
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def answer(_: web.Request) -> web.Response:
    return web.Response()


@asynccontextmanager
async def served(limits: ConnectionLimits) -> AsyncIterator[int]:
    """A server that answers everything with 200; gives its port."""
    application = web.Application()
    application.router.add_get("/", answer)
    with listen(0) as listener:
        async with serving_cluster(application, listener, limits=limits):
            yield listener.getsockname()[1]


async def connect(port: int, text: bytes) -> Connection:
    """A connection on which something is said."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    return reader, writer


async def first_line(connection: Connection) -> bytes:
    """What the server answers; nothing where it hangs up."""
    reader, writer = connection
    try:
        return await asyncio.wait_for(reader.readline(), 10)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_one_connection_too_many_costs_the_oldest_and_is_answered() -> None:
    async with served(ConnectionLimits(most=3)) as port:
        silent = [await connect(port, HALF) for _ in range(3)]
        assert await first_line(await connect(port, ASKED)) == b"HTTP/1.1 200 OK\r\n"
        assert await first_line(silent[0]) == b""
        for _, writer in silent[1:]:
            writer.write(ASKED.removeprefix(HALF))
        assert [await first_line(each) for each in silent[1:]] == [b"HTTP/1.1 200 OK\r\n"] * 2


async def test_who_sends_no_whole_head_is_hung_up_on() -> None:
    async with served(ConnectionLimits(idle_seconds=0.05)) as port:
        assert await first_line(await connect(port, HALF)) == b""


async def test_what_is_no_http_is_logged_in_few_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with served(ConnectionLimits()) as port:
        assert await first_line(await connect(port, b"GET \xff\xfe /secret\r\n\r\n")) == b"HTTP/1.0 400 Bad Request\r\n"
    assert [record.getMessage() for record in caplog.records] == ["a request that is no HTTP was refused"]
