"""How many deliveries a second receivers keep in a stream: one receiver and three, and what syncing each event costs.

The receivers and the server, which has one replica, share one core; the load comes from another. Each delivery has two
events and 6 KB. By default a server acknowledges before it has synced; with `sync_interval: always` it syncs first.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measurement import Measurement
from okta_hooks.journal.jetstream.settings import JetStreamSettings, StreamLimits
from receiving.load import Load, LoadResult, put_on
from receiving.process import ReceiverFolder, command, started
from samples.streams import dispatcher_side, options, settings
from servers import nats

_ROUNDS = 5
_SECONDS = 3.0
_CONNECTIONS = 64
_LIMITS = StreamLimits(replicas=1, max_bytes=8 << 30, keep_bytes=4 << 30)


def run() -> Iterable[Measurement]:
    """Measure one after the other."""
    for suffix, sync_interval in (("", None), ("_sync_always", "always")):
        for receivers, of in ((1, ""), (3, "_three_receivers")):
            rate, p99_ms = _measure(receivers, sync_interval)
            yield Measurement(f"jetstream_requests_per_second{of}{suffix}", rate, "requests/s")
            yield Measurement(f"jetstream_p99_ms{of}{suffix}", p99_ms, "ms")


def _measure(receivers: int, sync_interval: str | None) -> tuple[float, float]:
    cores = sorted(os.sched_getaffinity(0))
    pinned = ["taskset", "--cpu-list", str(cores[0])]
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        (server,) = stack.enter_context(nats.running(folder, nats.NatsOptions(sync_interval)))
        os.sched_setaffinity(server.pid, {cores[0]})
        chosen = settings([server.url])
        asyncio.run(_make(chosen))
        ports = [
            stack.enter_context(started([*pinned, *_line(folder / str(number), chosen)])).okta_port
            for number in range(receivers)
        ]
        load = Load(_SECONDS, _CONNECTIONS // receivers)
        rounds = [_round(ports, load, cores[-1]) for _ in range(_ROUNDS)]
    rate = statistics.median(sum(result.rate for result in results) for results in rounds)
    return rate, statistics.median(max(result.p99_ms for result in results) for results in rounds)


def _round(ports: list[int], load: Load, core: int) -> list[LoadResult]:
    with ThreadPoolExecutor(len(ports)) as threads:
        results = list(threads.map(lambda port: put_on(port, load, core=core), ports))
    assert all(result.refused == 0 for result in results)
    return results


async def _make(chosen: JetStreamSettings) -> None:
    async with dispatcher_side(chosen, _LIMITS):
        pass


def _line(root: Path, chosen: JetStreamSettings) -> list[str]:
    folder = ReceiverFolder(root)
    root.mkdir()
    folder.prepare()
    return command([*folder.options(), *options(chosen)])
