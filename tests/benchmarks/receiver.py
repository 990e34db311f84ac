"""How many deliveries a second the receiver keeps, as a part of what its HTTP server could answer; and what it costs.

The receiver and the bare handler it is compared with run on one core in turns, the load comes from another. Each
delivery has two events and 6 KB and is on stable storage before it is acknowledged, on the disk of `TMPDIR`. What the
bare handler's slowest answers take is the machine's own part in those of the receiver.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measurement import Measurement
from receiving.load import Load, put_on
from receiving.process import PATH, SECRET, ReceiverFolder, command, environment, started

_ROUNDS = 9
_STARTS = 5
_FULL = Load(seconds=1.5, connections=64)
_SLOW_DISK = Load(seconds=8, connections=64, rate=200)


def run() -> Iterable[Measurement]:
    """Measure one thing after the other."""
    yield Measurement("receiver_start_seconds", statistics.median(_start() for _ in range(_STARTS)), "s")
    yield from _throughput()
    with _folder() as folder, started([sys.executable, "-m", "receiving.slow_disk", str(folder.root)]) as receiver:
        result = put_on(receiver.okta_port, _SLOW_DISK)
        assert result.refused == 0
    yield Measurement("receiver_slow_disk_p99_ms", result.p99_ms, "ms")


def _start() -> float:
    with _folder() as folder:
        began = time.perf_counter()
        with started(command(folder.options())):
            return time.perf_counter() - began


def _throughput() -> Iterable[Measurement]:
    server_core, load_core = cores()
    pinned = ["taskset", "--cpu-list", str(server_core)]
    ratios, rates, latencies, bare_latencies = [], [], [], []
    with (
        _folder() as folder,
        started([*pinned, *command(folder.options())]) as receiver,
        bare_handler(pinned) as bare_port,
    ):
        for _ in range(_ROUNDS):
            bare = put_on(bare_port, _FULL, core=load_core)
            kept = put_on(receiver.okta_port, _FULL, core=load_core)
            assert bare.refused == kept.refused == 0
            ratios.append(kept.rate / bare.rate)
            rates.append(kept.rate)
            latencies.append(kept.p99_ms)
            bare_latencies.append(bare.p99_ms)
        resident = _resident_mb(receiver.pid)
    yield Measurement("receiver_durable_requests_per_second_ratio", statistics.median(ratios), "ratio")
    yield Measurement("receiver_durable_requests_per_second", statistics.median(rates), "requests/s")
    yield Measurement("receiver_p99_ms", statistics.median(latencies), "ms")
    yield Measurement("bare_handler_p99_ms", statistics.median(bare_latencies), "ms")
    yield Measurement("receiver_rss_mb", resident, "MB")


@contextmanager
def _folder() -> Iterator[ReceiverFolder]:
    with tempfile.TemporaryDirectory() as name:
        folder = ReceiverFolder(Path(name))
        folder.prepare()
        yield folder


@contextmanager
def bare_handler(pinned: list[str]) -> Iterator[int]:
    """The bare handler; its port."""
    line = [*pinned, sys.executable, "-m", "receiving.bare", SECRET, PATH]
    process = subprocess.Popen(line, env=environment(), stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def cores() -> tuple[int, int]:
    """A core for the server and one for the load; the same one where there is no other."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[-1]


def _resident_mb(pid: int) -> float:
    """The most memory that a process ever had in use, in millions of bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    kibibytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    return kibibytes * 1024 / 1e6
