"""A sink that is down for a while under load, with a dispatcher that is killed at any moment, ends up with every event.

To let another sink join, add a line to `SINKS`.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from crash.okta_hooks.sinks.other_sides import (
    Broker,
    EventCollector,
    HttpEndpoint,
    LogServer,
    ObjectStore,
    OtherSide,
    SearchEngine,
    Starting,
)
from dispatching.process import DispatcherFolder
from dispatching.statistics import has_all
from okta_hooks.journal import LogAppender, Record
from servers.pytest_plugin import told

SINKS: Mapping[str, tuple[Starting, bool]] = {
    "http": (HttpEndpoint.running, False),
    "splunkHec": (EventCollector.running, False),
    "elasticsearch": (SearchEngine.running, True),
    "kafka": (Broker.running, False),
    "syslog": (LogServer.running, False),
    "objectStorage": (ObjectStore.running, False),
}
"""Each sink with its server, and whether its idempotency key leaves each event there exactly once."""

KILLS = 6
DOWN_AT, BACK_AT = 2, 4
A_DELIVERY = 10
EVENT = b'{"uuid":"%d","eventType":"user.session.start","published":"2026-01-31T12:00:00.123Z"}'


async def deliver(journal: LogAppender, acknowledged: list[int], enough: asyncio.Event) -> None:
    """Append numbered events until it is enough; what was begun is ended, since it would be kept all the same."""
    for first in range(0, sys.maxsize, A_DELIVERY):
        if enough.is_set():
            return
        numbers = range(first, first + A_DELIVERY)
        await journal.append([Record(str(number), EVENT % number, time.time_ns()) for number in numbers])
        acknowledged.extend(numbers)
        await asyncio.sleep(0.05)  # so that the load is one that Okta could make


async def kill_dispatchers(folder: DispatcherFolder, side: OtherSide) -> None:
    """Start a dispatcher again and again, and kill it at any moment; the server is down for some of them."""
    chance = random.Random(7)
    for kill in range(KILLS):
        if kill == DOWN_AT:
            await side.go_down()
        if kill == BACK_AT:
            await side.come_back()
        with folder.running() as dispatcher:
            await asyncio.sleep(chance.uniform(0.2, 2.5))
            await asyncio.to_thread(dispatcher.kill)


async def caught_up(port: int) -> None:
    """Return once the dispatcher has passed everything on."""
    async with asyncio.timeout(120):
        while not await asyncio.to_thread(has_all, port, "siem"):  # noqa: ASYNC110 -- only the process tells
            await asyncio.sleep(0.1)


@pytest.mark.xdist_group("servers")
@pytest.mark.parametrize(("starting", "exactly_once"), SINKS.values(), ids=SINKS)
async def test_every_event_that_was_acknowledged_arrives(
    starting: Starting, *, exactly_once: bool, tmp_path: Path, cluster_progress: Callable[[str], None]
) -> None:
    folder, acknowledged, enough = DispatcherFolder(tmp_path), list[int](), asyncio.Event()
    with told():
        async with starting(tmp_path, cluster_progress) as side, folder.journal() as journal:
            retry = {"backoffDelaySeconds": 0.05, "backoffLimitSeconds": 0.5}
            folder.configure(
                {"name": "siem", "to": side.to, "batch": {"maxEvents": 50, "maxAgeSeconds": 0}, "retry": retry}
            )
            async with asyncio.TaskGroup() as load:
                load.create_task(deliver(journal, acknowledged, enough))
                await kill_dispatchers(folder, side)
                enough.set()
            with folder.running() as dispatcher:
                await caught_up(await asyncio.to_thread(dispatcher.admin_port))
                assert await asyncio.to_thread(dispatcher.terminate) == 0
            held = Counter(await side.uuids())
    assert held.keys() == {str(number) for number in acknowledged}
    if exactly_once:
        assert set(held.values()) == {1}
