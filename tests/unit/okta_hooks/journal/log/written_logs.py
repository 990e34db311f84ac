"""Logs written without a thread, for tests of what is in their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from okta_hooks.journal import LogLimits, Position, Record
from okta_hooks.journal.log.disk import Disk, PosixDisk
from okta_hooks.journal.log.recovery import Recovery, recover
from okta_hooks.journal.log.segment import segment_numbers, segment_path
from okta_hooks.journal.log.writer import LogWriter
from okta_hooks.journal.payload import encode

NOON_MS = 1_700_000_000_000


@contextmanager
def started_writer(
    folder: Path,
    *,
    disk: Disk | None = None,
    limits: LogLimits | None = None,
    now_ms: int = NOON_MS,
) -> Iterator[tuple[LogWriter, Recovery]]:
    """A process that writes a log, after its recovery."""
    disk = disk or PosixDisk()
    recovery = recover(folder, disk=disk, now_ms=now_ms)
    writer = LogWriter(folder, recovery, disk=disk, limits=limits or LogLimits())
    try:
        yield writer, recovery
    finally:
        writer.close()


def write(writer: LogWriter, records: Sequence[Record], *, now_ms: int = NOON_MS) -> list[Position]:
    """Keep a group of records."""
    return writer.append([encode(record) for record in records], now_ms=now_ms)


def last_segment(folder: Path) -> Path:
    """The newest file of a log."""
    return segment_path(folder, segment_numbers(folder)[-1])
