"""A receiver that is killed at any moment under load, again and again, loses nothing that it acknowledged.

`RECEIVER_KILLS` says how often; 20 times when absent.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from receiving.bodies import delivery
from receiving.process import SECRET, ReceiverFolder, command, started

KILLS = int(os.environ.get("RECEIVER_KILLS", "20"))
CONNECTIONS = 16


@dataclass
class Sender:
    """Delivers one after another on several connections, until the receiver is gone."""

    run: int
    kill_after: int
    acknowledged: list[str] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, session: aiohttp.ClientSession, url: str) -> None:
        async with asyncio.TaskGroup() as connections:
            for connection in range(CONNECTIONS):
                connections.create_task(self._send_on_one(session, url, connection))

    async def _send_on_one(self, session: aiohttp.ClientSession, url: str, connection: int) -> None:
        with suppress(aiohttp.ClientError, ConnectionError):
            for number in range(1_000_000):
                uuids = [f"{self.run}/{connection}/{number}/{index}" for index in range(1 + number % 3)]
                body = delivery(uuids, size=800)
                async with session.post(url, data=body, headers={"Authorization": SECRET}) as response:
                    if response.status == 200:
                        self.acknowledged += uuids
                if len(self.acknowledged) >= self.kill_after:
                    self.enough.set()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


async def acknowledged_until_killed(
    folder: ReceiverFolder, session: aiohttp.ClientSession, *, run: int, kill_after: int
) -> list[str]:
    """Start a receiver, kill it once it has acknowledged so many events, and tell which those were."""
    with started(command(folder.options())) as receiver:
        sender = Sender(run, kill_after)
        async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
            tasks.create_task(sender.send(session, receiver.url))
            await sender.enough.wait()
            receiver.process.kill()
        assert receiver.process.wait() == -9
    return sender.acknowledged


async def test_every_acknowledged_event_is_in_the_journal_once(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    folder = ReceiverFolder(tmp_path)
    folder.prepare()
    chance = random.Random(20)
    acknowledged = [
        uuid
        for run in range(KILLS)
        for uuid in await acknowledged_until_killed(folder, session, run=run, kill_after=chance.randrange(1, 500))
    ]
    kept = Counter(entry.record.uuid for entry in await folder.kept())
    assert [uuid for uuid in acknowledged if kept[uuid] != 1] == []
    assert [uuid for uuid, count in kept.items() if count != 1] == []
