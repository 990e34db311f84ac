"""An organisation that reaches a receiver over TLS, as Okta does: through something that ends TLS in front of it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from okta_simulator.options import Delivery, Endpoints, Options
from receiving.process import PATH, ReceiverFolder, ReceiverProcess, command, started

HOST = "hooks.example.com"


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def folder(tmp_path: Path) -> ReceiverFolder:
    folder = ReceiverFolder(tmp_path / "receiver")
    folder.root.mkdir()
    folder.prepare()
    return folder


@pytest.fixture
def receiver(folder: ReceiverFolder) -> Iterator[ReceiverProcess]:
    with started(command(folder.options())) as process:
        yield process


@pytest.fixture
def okta_organization_options(authority: trustme.CA, tmp_path: Path) -> Options:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return Options(
        delivery=Delivery(batching_window=timedelta(), retry_delay=timedelta(milliseconds=10)),
        endpoints=Endpoints(resolve={HOST: "127.0.0.1"}, extra_ca_file=str(tmp_path / "ca.pem")),
    )


@pytest.fixture
async def public_url(receiver: ReceiverProcess, authority: trustme.CA) -> AsyncIterator[str]:
    """The receiver's address with TLS in front of it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)

    connections: set[asyncio.Task[None] | None] = set()

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.current_task())
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", receiver.okta_port)
        try:
            with suppress(ConnectionError):
                await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        finally:
            writer.transport.abort()
            inner_writer.transport.abort()

    server = await asyncio.start_server(lead, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://{HOST}:{server.sockets[0].getsockname()[1]}{PATH}"
    finally:
        server.close()
        running = [task for task in connections if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await server.wait_closed()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()
