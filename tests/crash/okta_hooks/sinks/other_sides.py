"""Servers of sinks that go down and come back, and tell in the end what they hold."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from servers import opensearch, victoria_logs
from servers.opensearch import OpenSearch
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


Starting = Callable[[Path, Progress], AbstractAsyncContextManager[OtherSide]]
"""Runs a server with its data in a folder."""


class _Event(msgspec.Struct):
    uuid: str


class _Line(msgspec.Struct):
    event: _Event


def _uuid(payload: bytes) -> str:
    return msgspec.json.decode(payload, type=_Line).event.uuid
