"""What a new start makes of the files that the last one left.

Only the last segment can be unfinished, since a next one is begun after everything before it was synced. It is cut
behind its last whole record, and never appended to again: each start writes a segment of its own. What is damaged is
set aside: it keeps its place in the log, and readers find what is whole in it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from okta_hooks.journal.log.disk import Disk
from okta_hooks.journal.log.retention import SealedSegment
from okta_hooks.journal.log.salvage import salvage
from okta_hooks.journal.log.segment import (
    DAMAGED_SUFFIX,
    UNBORN_SUFFIX,
    SegmentHeader,
    damaged_path,
    read_entries,
    read_header,
    segment_bytes,
    segment_numbers,
    segment_path,
)
from okta_hooks.journal.log.watermark import durable_end
from okta_hooks.journal.record import BEGINNING, Position

_CHUNK_BYTES = 1 << 20

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recovery:
    """What was found.

    Attributes:
        sealed: The segments, oldest first.
        next_header: The header of the segment to write now.
        cut_bytes: What was cut from the end: records that nobody was told are kept, or room grown in advance.
        damaged: The files of segments that are set aside, now and before.
    """

    sealed: tuple[SealedSegment, ...]
    next_header: SegmentHeader
    cut_bytes: int = 0
    damaged: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Tail:
    """What became of the last segment."""

    end_sequence: int
    cut_bytes: int = 0
    is_empty: bool = False


def recover(folder: Path, *, disk: Disk, now_ms: int, after: int = 0) -> Recovery:
    """Make a folder's files ready to go on with.

    Args:
        folder: The journal's folder; nobody else may write it meanwhile.
        disk: How to write.
        now_ms: The present, in milliseconds of Unix time: the next segment's number.
        after: A number that the next segment's must exceed, besides those in the folder.

    Raises:
        OSError: The files can't be read, or mended.
        JournalFailed: A later release wrote them.
    """
    for unborn in folder.glob(f"*{UNBORN_SUFFIX}"):
        disk.remove(unborn)
    numbers = segment_numbers(folder)
    durable = durable_end(folder) or BEGINNING
    for number in numbers:
        if read_header(folder, number) is None:
            set_aside(folder, number, disk=disk)
    tail = _mended_tail(folder, numbers[-1], durable, disk=disk) if numbers else _Tail(end_sequence=0)
    next_number = max([now_ms, after + 1, *(number + 1 for number in numbers)])
    if tail.is_empty:  # so that starting again and again does not fill the folder
        disk.remove(segment_path(folder, numbers.pop()))
    next_header = SegmentHeader(next_number, max(tail.end_sequence, durable.sequence))
    damaged = tuple(sorted(folder.glob(f"*{DAMAGED_SUFFIX}")))
    return Recovery(_sealed_segments(folder, numbers, next_header), next_header, tail.cut_bytes, damaged)


def set_aside(folder: Path, number: int, *, disk: Disk) -> Path:
    """Give a segment the name of one that can't be read whole, if it does not have it yet; its new name.

    Raises:
        OSError: It can't be given.
    """
    whole, damaged = segment_path(folder, number), damaged_path(folder, number)
    if whole.exists():
        disk.rename(whole, damaged)
        disk.sync_folder(folder)
        _log.error("the journal's file %s is damaged and is now %s: keep it for whoever looks into why", whole, damaged)
    return damaged


def _mended_tail(folder: Path, number: int, durable: Position, *, disk: Disk) -> _Tail:
    path = segment_path(folder, number)
    header = read_header(folder, number)
    if header is None:
        return _Tail(end_sequence=durable.sequence)
    size = segment_bytes(folder, number)
    if not path.exists():
        whole = salvage(folder, number, header.start.offset, end=size)
        return _Tail(end_sequence=header.first_sequence + (whole.records if whole is not None else 0))
    end = _end_of_whole_records(folder, header.start, size)
    if durable.segment == number and end < durable:
        _cut(path, min(size, durable.offset), disk=disk)
        set_aside(folder, number, disk=disk)
        return _Tail(end_sequence=durable.sequence, cut_bytes=max(size - durable.offset, 0))
    certain = durable if durable.segment == number else header.start
    _write_again(path, certain.offset, end, disk=disk)
    return _Tail(end.sequence, cut_bytes=size - end.offset, is_empty=end == header.start)


def _end_of_whole_records(folder: Path, start: Position, size: int) -> Position:
    end = start
    while entries := read_entries(folder, end, end=size, max_records=10_000, max_bytes=_CHUNK_BYTES):
        end = entries[-1].after
    return end


def _write_again(path: Path, certain: int, end: Position, *, disk: Disk) -> None:
    """Cut a segment, and bring to stable storage what is only known to be readable.

    After a failed sync the kernel shows bytes that the disk never got, and calls them written. Written again, to the
    same place, they are sure to be part of the next sync; and a loss of power in between changes nothing.
    """
    file = disk.open(path)
    try:
        file.truncate(end.offset)
        with path.open("rb") as readable:
            readable.seek(certain)
            while data := readable.read(_CHUNK_BYTES):
                file.write(data, certain)
                certain += len(data)
        file.sync()
    finally:
        file.close()


def _cut(path: Path, size: int, *, disk: Disk) -> None:
    file = disk.open(path)
    try:
        file.truncate(size)
    finally:
        file.close()


def _sealed_segments(folder: Path, numbers: list[int], next_header: SegmentHeader) -> tuple[SealedSegment, ...]:
    """The facts that retention needs, from the headers alone: a segment ends with the sequence the next begins with."""
    sealed: list[SealedSegment] = []
    following = next_header
    for number in reversed(numbers):
        size = segment_bytes(folder, number)
        sealed.append(SealedSegment(number, size, following.first_sequence, following.number))
        following = read_header(folder, number) or SegmentHeader(number, following.first_sequence)
    return tuple(reversed(sealed))
