"""A sink that is down and says `Skip` costs a full journal nothing: neither its receiver nor other sinks."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from itertools import count
from pathlib import Path

import aiohttp
import msgspec

from dispatching.process import TOKEN, DispatcherFolder
from receiving.bodies import delivery
from receiving.process import SECRET, ReceiverFolder, command, started
from servers.process import free_port
from servers.stub import Stub, stub

LIMIT = 16 << 20
A_DELIVERY = 100
"""Events, of some 3 KB each: 50 deliveries fill the journal."""
DELIVERIES = 120


class Gap(msgspec.Struct):
    since: datetime
    until: datetime
    records: int


class Sink(msgspec.Struct):
    backlog: int
    delivered: int
    skipped: list[Gap]


class Statistics(msgspec.Struct):
    sinks: dict[str, Sink]
    lost: list[Gap]


def statistics(port: int) -> Statistics:
    """Ask once."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/stats", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- of 127.0.0.1
        return msgspec.json.decode(answer.read(), type=Statistics)


async def once(port: int, condition: Callable[[Statistics], bool]) -> Statistics:
    """The statistics, once something holds for them."""
    async with asyncio.timeout(60):
        while not condition(found := await asyncio.to_thread(statistics, port)):  # noqa: ASYNC110 -- only it tells
            await asyncio.sleep(0.1)
    return found


def uuids(server: Stub) -> list[str]:
    """What a server of a sink was given, a repeated one as often as it came."""
    return [json.loads(line)["event"]["uuid"] for asked in server.asked for line in asked.body.splitlines()]


@asynccontextmanager
async def receiver(folder: DispatcherFolder) -> AsyncIterator[str]:
    """A receiver that keeps at most `LIMIT`; gives its address."""
    files = ReceiverFolder(folder.folder / "receiver")
    files.root.mkdir()
    files.prepare()
    shared = ["--journal-folder", str(folder.folder / "journal"), "--passed-file", str(folder.own / "passed")]
    limits = ["--journal-max-bytes", str(LIMIT), "--journal-keep-bytes", str(LIMIT // 2)]
    with started(command([*files.options(), *shared, *limits])) as process:
        yield process.url


async def acknowledged(url: str) -> list[str]:
    """Deliver as Okta does, each again until it is acknowledged; the events' uuids."""
    names = [f"event-{number}" for number in range(DELIVERIES * A_DELIVERY)]
    async with aiohttp.ClientSession(headers={"Authorization": SECRET}) as session, asyncio.timeout(120):
        for first in range(0, len(names), A_DELIVERY):
            body = delivery(names[first : first + A_DELIVERY])
            for _ in count():
                async with session.post(url, data=body) as answer:
                    if answer.status == HTTPStatus.OK:
                        break
                await asyncio.sleep(0.1)  # it is full until something was dropped
    return names


async def test_other_sinks_get_everything_and_it_goes_on_behind_what_is_written_down(tmp_path: Path) -> None:
    folder, port = DispatcherFolder(tmp_path), free_port()
    retry = {"backoffDelaySeconds": 0.05, "backoffLimitSeconds": 0.2}
    async with stub() as must, stub() as may, receiver(folder) as url:
        down = {"type": "http", "url": f"http://127.0.0.1:{port}"}

        def configure(to: dict[str, str]) -> None:
            folder.configure(
                {"name": "must", "to": {"type": "http", "url": must.url}, "retry": retry},
                {"name": "may", "to": to, "onFull": "Skip", "retry": retry},
                journalMaxBytes=LIMIT,
            )

        configure(down)
        with folder.running() as dispatcher:
            admin = await asyncio.to_thread(dispatcher.admin_port)
            names = await acknowledged(url)
            await once(admin, lambda found: found.sinks["must"].delivered == len(names))
            configure({"type": "http", "url": may.url})
            found = await once(admin, lambda found: found.sinks["may"].delivered > 0 and not found.sinks["may"].backlog)
            assert await asyncio.to_thread(dispatcher.terminate) == 0
    assert sorted(uuids(must)) == sorted(names)
    gaps = found.sinks["may"].skipped
    missing = len(names) - sum(gap.records for gap in gaps)
    assert len(gaps) > 0
    assert uuids(may) == names[-missing:]
    assert all(gap.since < gap.until for gap in gaps)
    assert found.lost == []
