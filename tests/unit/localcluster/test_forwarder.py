"""A forwarded connection is as good as a direct one."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import pytest

from localcluster import forwarder


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer when the question has ended, with all of it."""
    writer.write(await reader.read())
    await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def forwarded(host: str, port: int) -> AsyncIterator[int]:
    """The port that leads there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        task = asyncio.create_task(forwarder.serve(listening, host, port))
        yield listening.getsockname()[1]
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.mark.parametrize("size", [1, 5_000_000])
async def test_bytes_arrive_whole_and_the_end_of_a_question_is_passed_on(size: int) -> None:
    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with forwarded("127.0.0.1", port) as entrance:
            reader, writer = await asyncio.open_connection("127.0.0.1", entrance)
            writer.write(b"x" * size)
            writer.write_eof()
            assert await reader.read() == b"x" * size
            writer.close()
            await writer.wait_closed()


async def test_nobody_at_the_far_end_closes_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with forwarded("127.0.0.1", port) as entrance:
        reader, writer = await asyncio.open_connection("127.0.0.1", entrance)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


async def test_one_broken_connection_leaves_others_alone() -> None:
    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with forwarded("127.0.0.1", port) as entrance:
            reader, writer = await asyncio.open_connection("127.0.0.1", entrance)
            _, broken = await asyncio.open_connection("127.0.0.1", entrance)
            broken.transport.abort()
            writer.write(b"still here")
            writer.write_eof()
            assert await reader.read() == b"still here"
            writer.close()
            await writer.wait_closed()
