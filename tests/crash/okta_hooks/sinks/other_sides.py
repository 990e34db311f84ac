"""Servers of sinks that go down and come back, and tell in the end what they hold."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from servers import kafka, opensearch, rsyslog, seaweedfs, victoria_logs
from servers.kafka import Kafka
from servers.opensearch import OpenSearch
from servers.rsyslog import Rsyslog
from servers.seaweedfs import SeaweedFs
from servers.stub import Stub, stub
from servers.victoria_logs import VictoriaLogs

Progress = Callable[[str], None]


class OtherSide(Protocol):
    """The server of a sink."""

    @property
    def to(self) -> Mapping[str, object]:
        """The settings of a sink to it, as JSON has them."""
        ...

    async def go_down(self) -> None:
        """End, with all on disk that was taken."""
        ...

    async def come_back(self) -> None:
        """Start where it was."""
        ...

    async def uuids(self) -> Sequence[str]:
        """The uuid of each event that it holds, a repeated one as often as it is there."""
        ...


class HttpEndpoint:
    """An endpoint that remembers."""

    def __init__(self, server: Stub) -> None:
        self._server = server
        self.to = {"type": "http", "url": server.url}

    async def go_down(self) -> None:
        await self._server.stop()

    async def come_back(self) -> None:
        await self._server.start()

    async def uuids(self) -> Sequence[str]:
        return [_uuid(line) for asked in self._server.asked for line in asked.body.splitlines()]

    @staticmethod
    @asynccontextmanager
    async def running(_: Path, __: Progress) -> AsyncIterator[OtherSide]:
        async with stub() as server:
            yield HttpEndpoint(server)


class EventCollector:
    """VictoriaLogs by Splunk's protocol; it ends in order, since its answer comes before it has written to disk."""

    def __init__(self, server: VictoriaLogs, folder: Path) -> None:
        self._server = server
        (folder / "hec-token").write_text("0000-1111")
        self.to = {
            "type": "splunkHec",
            "url": f"{server.url}/insert/splunk",
            "tokenFile": str(folder / "hec-token"),
        }

    async def go_down(self) -> None:
        await asyncio.to_thread(self._server.process.stop)

    async def come_back(self) -> None:
        await asyncio.to_thread(self._server.process.start)

    async def uuids(self) -> Sequence[str]:
        self._server.flush()
        return [entry["fields.uuid"] for entry in self._server.query("* | fields fields.uuid")]

    @staticmethod
    @asynccontextmanager
    async def running(folder: Path, progress: Progress) -> AsyncIterator[OtherSide]:
        with victoria_logs.running(folder, progress) as server:
            yield EventCollector(server, folder)


class SearchEngine:
    """OpenSearch, which is killed: its answer comes after it has written to disk."""

    def __init__(self, server: OpenSearch) -> None:
        self._server = server
        self.to = {"type": "elasticsearch", "url": server.url}

    async def go_down(self) -> None:
        await asyncio.to_thread(self._server.process.kill)

    async def come_back(self) -> None:
        await asyncio.to_thread(self._server.process.start)

    async def uuids(self) -> Sequence[str]:
        return [_uuid(source) for source in await asyncio.to_thread(self._server.sources, "okta-*")]

    @staticmethod
    @asynccontextmanager
    async def running(folder: Path, progress: Progress) -> AsyncIterator[OtherSide]:
        with opensearch.running(folder, progress) as server:
            yield SearchEngine(server)


class Broker:
    """Kafka, which is killed: what it took is with the kernel."""

    def __init__(self, server: Kafka) -> None:
        self._server = server
        self.to = {
            "type": "kafka",
            "bootstrapServers": [f"127.0.0.1:{server.listeners.plain}"],
            "encryption": "None",
            "topic": "okta",
            "timeoutSeconds": 5,
        }
        server.create("okta")

    async def go_down(self) -> None:
        await asyncio.to_thread(self._server.process.kill)

    async def come_back(self) -> None:
        await asyncio.to_thread(self._server.process.start)

    async def uuids(self) -> Sequence[str]:
        return [_uuid(message.value() or b"") for message in await asyncio.to_thread(self._server.messages, "okta")]

    @staticmethod
    @asynccontextmanager
    async def running(folder: Path, progress: Progress) -> AsyncIterator[OtherSide]:
        with kafka.running(folder, progress) as server:
            yield Broker(server)


class LogServer:
    """rsyslog by TLS; it ends in order, since it closes a connection when it has read, and before it has written."""

    def __init__(self, server: Rsyslog) -> None:
        self._server = server
        self.to = {
            "type": "syslog",
            "url": f"tls://127.0.0.1:{server.ports.tls}",
            "caFile": str(server.authority.file),
        }

    async def go_down(self) -> None:
        await asyncio.to_thread(self._server.process.stop)

    async def come_back(self) -> None:
        await asyncio.to_thread(self._server.process.start)

    async def uuids(self) -> Sequence[str]:
        await self.go_down()  # with all on disk that it has read
        return [_uuid(message.text) for message in self._server.messages()]

    @staticmethod
    @asynccontextmanager
    async def running(folder: Path, progress: Progress) -> AsyncIterator[OtherSide]:
        with rsyslog.running(folder, progress) as server:
            yield LogServer(server)


class ObjectStore:
    """SeaweedFS, which ends in order; a batch is the same object again only with the same events."""

    def __init__(self, server: SeaweedFs, folder: Path) -> None:
        self._server = server
        for name, text in zip(("key-id", "key-secret"), seaweedfs.WRITER, strict=True):
            (folder / name).write_text(text)
        auth = {
            "type": "accessKey",
            "accessKeyIdFile": str(folder / "key-id"),
            "secretAccessKeyFile": str(folder / "key-secret"),
        }
        self.to = {
            "type": "objectStorage",
            "bucket": "okta",
            "endpoint": server.url,
            "addressing": "Path",
            "auth": auth,
        }

    async def go_down(self) -> None:
        await asyncio.to_thread(self._server.process.stop)

    async def come_back(self) -> None:
        await asyncio.to_thread(self._server.process.start)

    async def uuids(self) -> Sequence[str]:
        objects = await asyncio.to_thread(self._server.objects, "okta")
        return [_uuid(line) for body in objects.values() for line in gzip.decompress(body).splitlines()]

    @staticmethod
    @asynccontextmanager
    async def running(folder: Path, _: Progress) -> AsyncIterator[OtherSide]:
        with seaweedfs.running(folder) as server:
            yield ObjectStore(server, folder)


Starting = Callable[[Path, Progress], AbstractAsyncContextManager[OtherSide]]
"""Runs a server with its data in a folder."""


class _Event(msgspec.Struct):
    uuid: str


class _Line(msgspec.Struct):
    event: _Event


def _uuid(payload: bytes) -> str:
    return msgspec.json.decode(payload, type=_Line).event.uuid
