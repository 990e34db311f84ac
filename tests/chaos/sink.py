"""A sink that knows events by uuid, as a SIEM may: a repeat is no second event, if it is the same."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec
from aiohttp import web


class _Event(msgspec.Struct):
    uuid: str


class _Line(msgspec.Struct):
    event: msgspec.Raw


@dataclass
class Sink:
    """What arrived.

    Args:
        url: Its address.
        is_up: Whether it takes anything; otherwise it answers 503.
        events: A digest of each event, by uuid.
        repeats: How many came again, the same.
        altered: The uuids of those that came again and were not the same.
    """

    url: str = ""
    is_up: bool = True
    events: dict[str, bytes] = field(default_factory=dict)
    repeats: int = 0
    altered: list[str] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """One batch."""
        body = await request.read()
        if not self.is_up:
            return web.Response(status=503)
        for line in body.splitlines():
            self._keep(bytes(msgspec.json.decode(line, type=_Line).event))
        return web.Response()

    async def until(self, uuids: set[str], seconds: float) -> bool:
        """Wait for events; tells whether all came in time."""
        try:
            async with asyncio.timeout(seconds):
                while not uuids <= self.events.keys():  # noqa: ASYNC110 -- there is no end to be told
                    await asyncio.sleep(0.5)
        except TimeoutError:
            return False
        return True

    def _keep(self, event: bytes) -> None:
        uuid, digest = msgspec.json.decode(event, type=_Event).uuid, hashlib.sha256(event).digest()
        if uuid not in self.events:
            self.events[uuid] = digest
        elif self.events[uuid] == digest:
            self.repeats += 1
        else:
            self.altered.append(uuid)


@asynccontextmanager
async def counting_sink() -> AsyncIterator[Sink]:
    """Let a sink listen."""
    sink = Sink()
    application = web.Application(client_max_size=64 << 20)
    application.router.add_post("/", sink.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        sink.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield sink
    finally:
        await runner.cleanup()
