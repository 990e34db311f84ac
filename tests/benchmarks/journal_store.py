"""How many events a second the embedded log keeps, and how many times as many as SQLite in its place.

Both keep the same groups, each group on stable storage before the next, in turns on one disk: the one that `TMPDIR` is
on. SQLite is set up for the same promise: write-ahead log, synchronous FULL, and uuids that are unique.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.measurement import Measurement
from okta_hooks.journal import LogLimits, Record
from okta_hooks.journal.log.disk import PosixDisk
from okta_hooks.journal.log.recovery import recover
from okta_hooks.journal.log.writer import LogWriter
from okta_hooks.journal.payload import encode

_ROUNDS = 7
_GROUPS = 250
_EVENTS_A_GROUP = 32
_EVENT = (b'{"eventType":"user.session.start"}' * 98)[:3300]

Group = Sequence[Record]
Keep = Callable[[Group], object]


def run() -> Iterable[Measurement]:
    """Keep the same groups in both, in turns."""
    log_rates, ratios, syncs = [], [], []
    for _ in range(_ROUNDS):
        log_seconds = _seconds_in_log()
        log_rates.append(_EVENTS_A_GROUP / statistics.mean(log_seconds))
        ratios.append(sum(_seconds_in_sqlite()) / sum(log_seconds))
        syncs += log_seconds
    yield Measurement("journal_events_per_second", statistics.median(log_rates), "events/s")
    yield Measurement("journal_group_p99_ms", statistics.quantiles(syncs, n=100)[-1] * 1000, "ms")
    yield Measurement("journal_over_sqlite_ratio", statistics.median(ratios), "ratio")


def _seconds_in_log() -> list[float]:
    with tempfile.TemporaryDirectory() as name:
        folder, now_ms = Path(name), time.time_ns() // 1_000_000
        recovery = recover(folder, disk=PosixDisk(), now_ms=now_ms)
        with closing(LogWriter(folder, recovery, disk=PosixDisk(), limits=LogLimits())) as writer:
            return _timed(lambda group: writer.append([encode(record) for record in group], now_ms=now_ms))


def _seconds_in_sqlite() -> list[float]:
    with tempfile.TemporaryDirectory() as name, closing(sqlite3.connect(Path(name) / "journal.db")) as database:
        database.execute("PRAGMA page_size = 8192")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(
            "CREATE TABLE records (sequence INTEGER PRIMARY KEY, uuid TEXT UNIQUE, received INTEGER, path TEXT,"
            " delivery TEXT, event BLOB)"
        )

        def keep(group: Group) -> None:
            rows = [(record.uuid, record.received_ns, record.path, record.delivery, record.event) for record in group]
            with database:
                database.executemany(
                    "INSERT INTO records (uuid, received, path, delivery, event) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (uuid) DO NOTHING",
                    rows,
                )

        return _timed(keep)


def _timed(keep: Keep) -> list[float]:
    seconds = []
    for _ in range(_GROUPS):
        now = time.time_ns()
        group = [Record(str(uuid.uuid4()), _EVENT, now, delivery="delivery") for _ in range(_EVENTS_A_GROUP)]
        began = time.perf_counter()
        keep(group)
        seconds.append(time.perf_counter() - began)
    return seconds
