"""A dispatcher that is killed at any moment misses no event, and repeats no more than two batches."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from itertools import pairwise
from pathlib import Path

from dispatching.process import DispatcherFolder
from okta_hooks.journal import LogAppender, Record

KILLS = 20
BATCH = 50
A_DELIVERY = 10


def record(number: int) -> Record:
    return Record(str(number), b'{"uuid":"%d"}' % number, time.time_ns())


async def deliver(journal: LogAppender, acknowledged: list[int]) -> None:
    """Append numbered events for ever, and every delivery a second time, as Okta may."""
    for first in range(0, sys.maxsize, A_DELIVERY):
        delivery = [record(number) for number in range(first, first + A_DELIVERY)]
        await journal.append(delivery)
        acknowledged.extend(range(first, first + A_DELIVERY))
        await journal.append(delivery)
        await asyncio.sleep(0.005)  # so that the load is one that Okta could make


async def outputs_of_killed_runs(folder: DispatcherFolder) -> tuple[list[int], list[list[int]]]:
    """Kill a dispatcher again and again under load, then let one catch up.

    Returns:
        The events that were acknowledged, and those that each run put out.
    """
    chance, acknowledged = random.Random(20), list[int]()
    async with folder.journal() as journal:
        load = asyncio.create_task(deliver(journal, acknowledged))
        for _ in range(KILLS):
            with folder.running() as dispatcher:
                await dispatcher.lines(chance.randrange(1, 300))
                await asyncio.to_thread(dispatcher.kill)
        load.cancel()
        await asyncio.wait([load])
        with folder.running() as dispatcher:
            so_far = max(int(uuid) for run in folder.outputs() for uuid in run)
            await dispatcher.lines(acknowledged[-1] - so_far)
            assert await asyncio.to_thread(dispatcher.terminate) == 0
    return acknowledged, [[int(uuid) for uuid in run] for run in folder.outputs()]


async def test_no_event_is_missed_and_only_the_two_batches_at_the_kill_are_repeated(tmp_path: Path) -> None:
    acknowledged, runs = await outputs_of_killed_runs(DispatcherFolder(tmp_path, batch=BATCH))

    assert set(acknowledged) - {number for run in runs for number in run} == set()
    assert [run for run in runs if run != list(range(run[0], run[-1] + 1))] == []  # in order, each once, none left out
    assert [before[-1] + 1 - after[0] for before, after in pairwise(runs) if not after[0] <= before[-1] + 1] == []
    assert max(before[-1] + 1 - after[0] for before, after in pairwise(runs)) <= 2 * BATCH
