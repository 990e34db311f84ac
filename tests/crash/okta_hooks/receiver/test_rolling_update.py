"""Receivers of one stream are replaced one by one under load, and no delivery is refused."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp

from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits
from receiving.bodies import delivery
from receiving.process import SECRET, ReceiverFolder, ReceiverProcess, command, started
from samples.journal import read_all, uuids
from samples.streams import dispatcher_side, options, settings
from servers import nats

LIMITS = StreamLimits(replicas=1, max_bytes=64 << 20, keep_bytes=32 << 20)
SENDERS = 4
BETWEEN = 150


class Answered(NamedTuple):
    """A delivery, and what became of it: a status, or the name of an error."""

    uuid: str
    outcome: int | str


class Service:
    """Sends each delivery to the next receiver that is ready, as Kubernetes does: it learns of that a little late."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._receivers: list[ReceiverProcess] = []
        self._ready: list[ReceiverProcess] = []
        self._sent = 0
        self.answered: list[Answered] = []

    async def look(self) -> None:
        while True:
            self._ready = [receiver for receiver in self._receivers if await self._is_ready(receiver)]
            await asyncio.sleep(0.1)

    async def send(self, sender: int) -> None:
        for number in range(1_000_000):
            uuid = f"{sender}/{number}"
            self.answered.append(Answered(uuid, await self._deliver(uuid)))

    async def add(self, receiver: ReceiverProcess) -> None:
        """Return once a receiver is sent to."""
        self._receivers.append(receiver)
        await self._until(lambda: receiver in self._ready)

    async def more(self, count: int) -> None:
        """Return once so many more were answered."""
        wanted = len(self.answered) + count
        await self._until(lambda: len(self.answered) >= wanted)

    async def _deliver(self, uuid: str) -> int | str:
        self._sent += 1
        receiver = self._ready[self._sent % len(self._ready)]
        body, headers = delivery([uuid], size=800), {"Authorization": SECRET}
        try:
            async with self._session.post(receiver.url, data=body, headers=headers) as response:
                return response.status
        except aiohttp.ClientError as error:
            return type(error).__name__

    async def _is_ready(self, receiver: ReceiverProcess) -> bool:
        try:
            async with self._session.get(f"{receiver.admin_url}/readyz") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not condition():  # noqa: ASYNC110 -- two tasks change what is waited for
                await asyncio.sleep(0.02)


@asynccontextmanager
async def under_load(first: list[ReceiverProcess]) -> AsyncIterator[Service]:
    """A service of some receivers that deliveries are sent to, until the context ends."""
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector) as session:
        service = Service(session)
        looking = asyncio.create_task(service.look())
        for receiver in first:
            await service.add(receiver)
        sending = [asyncio.create_task(service.send(sender)) for sender in range(SENDERS)]
        try:
            yield service
        finally:
            for task in (*sending, looking):
                task.cancel()
            await asyncio.wait([*sending, looking])


def line(folder: Path, name: str, chosen: JetStreamSettings) -> list[str]:
    """The command line of a receiver."""
    mounted = ReceiverFolder(folder / name)
    mounted.root.mkdir()
    mounted.prepare()
    return command([*mounted.options(), *options(chosen), "--drain-seconds", "1"])


async def test_no_delivery_is_refused_while_receivers_are_replaced(tmp_path: Path) -> None:
    with nats.running(tmp_path) as (server,), ExitStack() as stack:
        chosen = settings([server.url])
        async with dispatcher_side(chosen, LIMITS) as side:
            old = [stack.enter_context(started(line(tmp_path, name, chosen))) for name in ("old-1", "old-2")]
            async with under_load(old) as service:
                for number, receiver in enumerate(old):
                    await service.more(BETWEEN)
                    fresh = await asyncio.to_thread(
                        stack.enter_context, started(line(tmp_path, f"new-{number}", chosen))
                    )
                    await service.add(fresh)
                    receiver.process.send_signal(signal.SIGTERM)
                    assert await asyncio.to_thread(receiver.process.wait, 30) == 0
                await service.more(BETWEEN)
            kept = Counter(uuids((await read_all(side.reader)).records))
    assert [answer for answer in service.answered if answer.outcome != 200] == []
    assert [answer for answer in service.answered if kept[answer.uuid] != 1] == []
