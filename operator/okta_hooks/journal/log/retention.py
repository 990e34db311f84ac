"""Which segments may be dropped. Pure: facts in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from okta_hooks.journal.record import Position

_SMALLEST_SEGMENT = 1 << 20


@dataclass(frozen=True)
class LogLimits:
    """How large a log may become, and how long it remembers.

    Attributes:
        max_bytes: The most it takes on its volume; when it is reached, records are refused.
        keep_bytes: What every cursor has passed is dropped, oldest first, while the log is larger than this.
        keep_age: What every cursor has passed is dropped when it is older than this.
        segment_bytes: A segment that is larger is followed by a new one.
        segment_age: And so is one that was begun longer ago, so that a quiet hook's old events can be dropped too.
    """

    max_bytes: int = 8 << 30
    keep_bytes: int = 4 << 30
    keep_age: timedelta = timedelta(days=7)
    segment_bytes: int = 64 << 20
    segment_age: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        if not 0 < self.keep_bytes <= self.max_bytes:
            raise ValueError(f"keep_bytes is {self.keep_bytes} and must be from 1 to max_bytes, {self.max_bytes}")
        if self.segment_bytes <= 0:
            raise ValueError(f"segment_bytes is {self.segment_bytes} and must be greater than 0")

    @property
    def full_segment_bytes(self) -> int:
        """The size from which on a segment is followed by a new one.

        A small part of a small log: only whole segments can be dropped, and never the newest.
        """
        return min(self.segment_bytes, max(self.max_bytes // 8, _SMALLEST_SEGMENT))


class SealedSegment(NamedTuple):
    """A segment that nothing is appended to any more.

    Attributes:
        number: Its number.
        file_bytes: What it takes on the volume.
        end_sequence: How many records the log had been given when it ended.
        sealed_ms: When the next one began, in milliseconds of Unix time: all its records are older.
    """

    number: int
    file_bytes: int
    end_sequence: int
    sealed_ms: int


def droppable(
    sealed: Sequence[SealedSegment],
    *,
    growing_bytes: int,
    end: Position,
    passed: Position | None,
    limits: LogLimits,
    now_ms: int,
) -> tuple[int, ...]:
    """The segments that may go: from the oldest on, each passed by every cursor, and too old or too much.

    Args:
        sealed: Oldest first.
        growing_bytes: What the segment that is being written takes.
        end: The log's end.
        passed: The place that every cursor has passed. None drops nothing, and so does one behind the end, since it
            can't be this log's.
        limits: How much and how long to keep.
        now_ms: The present, in milliseconds of Unix time.
    """
    if passed is None or passed > end:
        return ()
    oldest_kept_ms = now_ms - limits.keep_age / timedelta(milliseconds=1)
    total = growing_bytes + sum(segment.file_bytes for segment in sealed)
    dropped = []
    for segment in sealed:
        if not _is_behind(segment, passed) or (total <= limits.keep_bytes and segment.sealed_ms >= oldest_kept_ms):
            break
        dropped.append(segment.number)
        total -= segment.file_bytes
    return tuple(dropped)


def _is_behind(segment: SealedSegment, passed: Position) -> bool:
    # By number first: sequences begin anew in a journal that was emptied, numbers never do.
    return passed.segment > segment.number or (
        passed.segment == segment.number and passed.sequence >= segment.end_sequence
    )
