"""A cluster of three servers loses its leader three times under load, and no event that was acknowledged."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from okta_hooks.journal import JournalUnavailable, Record
from okta_hooks.journal.jetstream.appender import StreamAppender
from okta_hooks.journal.jetstream.settings import StreamLimits
from samples.journal import read_all, uuids
from samples.streams import DispatcherSide, dispatcher_side, settings
from servers import nats

LIMITS = StreamLimits(replicas=3, max_bytes=64 << 20, keep_bytes=32 << 20)
SENDERS = 8
BETWEEN = 200
"""So many events are acknowledged before a server is killed, and as many before it comes back."""


class Load:
    """Deliveries of two events each, for ever, on several receivers at once."""

    def __init__(self) -> None:
        self.acknowledged: list[str] = []
        self._moved = asyncio.Condition()

    async def send(self, appender: StreamAppender, sender: int) -> None:
        for number in range(1_000_000):
            delivery = [f"{sender}/{number}/{event}" for event in range(2)]
            with suppress(JournalUnavailable):  # which Okta would be told by a 503
                await appender.append([Record(uuid, b'{"uuid":"%s"}' % uuid.encode(), 1) for uuid in delivery])
                async with self._moved:
                    self.acknowledged += delivery
                    self._moved.notify_all()

    async def more(self, count: int) -> None:
        """Return once so many more are acknowledged."""
        wanted = len(self.acknowledged) + count
        async with self._moved, asyncio.timeout(90):
            await self._moved.wait_for(lambda: len(self.acknowledged) >= wanted)


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[nats.NatsServer, ...]]:
    with nats.running(tmp_path, servers=3) as started:
        yield started


class Peer(msgspec.Struct):
    """A replica that follows."""

    current: bool = False
    offline: bool = False


class Peers(msgspec.Struct):
    """Where a stream is kept."""

    leader: str = ""
    replicas: tuple[Peer, ...] = ()


class Placed(msgspec.Struct):
    """A stream's servers, as one of them sees them."""

    cluster: Peers = msgspec.field(default_factory=Peers)


async def whole(side: DispatcherSide) -> str:
    """The server that leads the stream, once the two others have all that it has: then one may be lost."""
    async with asyncio.timeout(90):
        while True:
            with suppress(JournalUnavailable):
                answer = await side.connection.ask(f"$JS.API.STREAM.INFO.{side.stream.name}")
                cluster = msgspec.json.decode(answer.data, type=Placed).cluster
                if cluster.leader and [peer.current and not peer.offline for peer in cluster.replicas] == [True, True]:
                    return cluster.leader
            await asyncio.sleep(0.1)


async def lose(server: nats.NatsServer, load: Load) -> None:
    """Kill a server, go on without it for a while, and start it again."""
    server.kill()
    await load.more(BETWEEN)
    await asyncio.to_thread(server.start)
    async with asyncio.timeout(90):
        while not await asyncio.to_thread(lambda: server.has_caught_up):  # noqa: ASYNC110 -- only the server tells
            await asyncio.sleep(0.1)


async def test_no_acknowledged_event_is_lost_and_none_is_there_twice(servers: Sequence[nats.NatsServer]) -> None:
    load, chosen = Load(), settings([server.url for server in servers])
    async with dispatcher_side(chosen, LIMITS) as side:
        async with StreamAppender(chosen) as one, StreamAppender(chosen) as other:
            sending = [asyncio.create_task(load.send((one, other)[sender % 2], sender)) for sender in range(SENDERS)]
            for _ in servers:
                await load.more(BETWEEN)
                leader = await whole(side)
                await lose(next(server for server in servers if server.name == leader), load)
            for task in sending:
                task.cancel()
            await asyncio.wait(sending)
        await side.connection.established()
        reading = await read_all(side.reader)
    kept = Counter(uuids(reading.records))
    assert reading.lost == ()
    assert [uuid for uuid in load.acknowledged if kept[uuid] != 1] == []
    assert [uuid for uuid, count in kept.items() if count != 1] == []
