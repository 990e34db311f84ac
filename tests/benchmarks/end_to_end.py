"""How long an event is on its way from Okta's request to an endpoint of the user's, with a receiver and a dispatcher.

A hundred deliveries a second come at even distances, each with one event, whether or not earlier ones were answered.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

import aiohttp
import msgspec

from benchmarks.measurement import Measurement
from dispatching.process import DispatcherFolder
from receiving.bodies import delivery
from receiving.process import SECRET, ReceiverFolder, command, started
from samples.dispatch import until
from servers.stub import Asked, Said, stub

_EVENTS = 3000
_A_SECOND = 100
_WARM = 200
"""The first of them, in which connections are made, do not count."""


class _Event(msgspec.Struct):
    uuid: str


class _Line(msgspec.Struct):
    event: _Event


def run() -> Iterable[Measurement]:
    """Measure once."""
    with tempfile.TemporaryDirectory() as name:
        latencies = asyncio.run(_latencies(Path(name)))
    percentiles = statistics.quantiles(latencies, n=100)
    yield Measurement("end_to_end_p50_ms", percentiles[49], "ms")
    yield Measurement("end_to_end_p99_ms", percentiles[98], "ms")


async def _latencies(folder: Path) -> list[float]:
    """Milliseconds from the request to the arrival of each event that counts."""
    sent, arrived = dict[str, float](), dict[str, float]()

    def arrive(asked: Asked) -> Said:
        for line in asked.body.splitlines():
            arrived[msgspec.json.decode(line, type=_Line).event.uuid] = time.perf_counter()
        return Said()

    receiver, dispatcher = ReceiverFolder(folder / "receiver"), DispatcherFolder(folder)
    receiver.root.mkdir()
    receiver.prepare()
    (folder / "journal").symlink_to(receiver.journal)
    with started(command(receiver.options())) as process, dispatcher.running():
        async with stub(arrive) as endpoint:
            dispatcher.configure({"name": "endpoint", "to": {"type": "http", "url": endpoint.url}})
            await _send(process.url, sent)
            await until(lambda: len(arrived) == _EVENTS)
    return [(arrived[each] - began) * 1000 for each, began in list(sent.items())[_WARM:]]


async def _send(url: str, sent: dict[str, float]) -> None:
    async with aiohttp.ClientSession(headers={"Authorization": SECRET}) as session, asyncio.TaskGroup() as group:
        begun = time.perf_counter()
        for number in range(_EVENTS):
            await asyncio.sleep(begun + number / _A_SECOND - time.perf_counter())
            group.create_task(_deliver(session, url, sent))


async def _deliver(session: aiohttp.ClientSession, url: str, sent: dict[str, float]) -> None:
    identity = str(uuid.uuid4())
    body = delivery([identity])
    sent[identity] = time.perf_counter()
    async with session.post(url, data=body) as response:
        assert response.status == 200, await response.text()
