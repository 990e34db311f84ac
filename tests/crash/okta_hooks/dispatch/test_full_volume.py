"""A dispatcher whose own volume is really full ends, delivers nothing twice, and goes on once there is room."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from dispatching.process import DispatcherFolder
from dispatching.small_volume import small_volume
from okta_hooks.journal import Record

EVENTS = 30_000
FULL = "see whether its volume is full"


def record(number: int) -> Record:
    return Record(str(number), b'{"uuid":"%d"}' % number, time.time_ns())


async def test_a_full_volume_of_its_own_ends_it_and_costs_no_event_once_there_is_room(tmp_path: Path) -> None:
    folder = DispatcherFolder(tmp_path, batch=500)
    async with folder.journal() as journal:
        await journal.append([record(number) for number in range(EVENTS)])
    with small_volume(folder.own, "1m") as volume:
        with folder.running(within=volume.entering) as dispatcher:
            await asyncio.to_thread(dispatcher.said, FULL)
            assert await asyncio.to_thread(dispatcher.ended) == 3
        volume.grow("64m")
        with folder.running(within=volume.entering) as dispatcher:
            await dispatcher.put_out(str(EVENTS - 1))
            assert await asyncio.to_thread(dispatcher.terminate) == 0
    first, second = ([int(uuid) for uuid in run] for run in folder.outputs())
    assert sorted(set(range(EVENTS)) - {*first, *second})[:10] == []  # the first that are missing
    assert len(set(first) & set(second)) <= 1000  # the two batches at its end
