"""One file of the log: its name, its header, and reading the records in it."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from okta_hooks.journal.errors import JournalFailed
from okta_hooks.journal.log import frame
from okta_hooks.journal.payload import decode
from okta_hooks.journal.record import Entry, Position

SUFFIX = ".log"
DAMAGED_SUFFIX = ".damaged"
"""Of a segment that was set aside since it can't be read whole: what can still be read in it is."""
UNBORN_SUFFIX = ".new"
"""Of a file whose header is not on stable storage yet; no record was ever written to one."""

_MAGIC = b"OKTAHOOK"
_VERSION = 1
_HEADER = struct.Struct("<8sIQQ")  # magic, version, number, records before this segment
_CHECKSUM = struct.Struct("<I")
HEADER_BYTES = _HEADER.size + _CHECKSUM.size


class SegmentHeader(NamedTuple):
    """How a segment begins.

    Attributes:
        number: When it was begun, in milliseconds of Unix time; made greater where the clock is behind a predecessor.
        first_sequence: How many records the log had been given before.
    """

    number: int
    first_sequence: int

    @property
    def start(self) -> Position:
        """The place of its first record."""
        return Position(self.number, HEADER_BYTES, self.first_sequence)


def segment_path(folder: Path, number: int) -> Path:
    """A segment's file, unless it was set aside."""
    return folder / f"{number:016d}{SUFFIX}"


def damaged_path(folder: Path, number: int) -> Path:
    """The file of a segment that was set aside."""
    return folder / f"{number:016d}{DAMAGED_SUFFIX}"


def segment_numbers(folder: Path) -> list[int]:
    """The segments in a folder, oldest first; none when there is no folder."""
    names = (path for path in folder.glob("*") if path.suffix in {SUFFIX, DAMAGED_SUFFIX})
    return sorted({int(path.stem) for path in names if path.stem.isdecimal()})


def open_segment(folder: Path, number: int) -> FileIO:
    """A segment to read from, whichever name it has by now.

    Raises:
        OSError: It is not there, or can't be read.
    """
    try:
        return FileIO(segment_path(folder, number))
    except FileNotFoundError:  # it is set aside once and for all, so that it can't be missed between the two names
        return FileIO(damaged_path(folder, number))


def segment_bytes(folder: Path, number: int) -> int:
    """How large a segment's file is.

    Raises:
        OSError: It is not there, or can't be read.
    """
    with open_segment(folder, number) as file:
        return os.fstat(file.fileno()).st_size


def header_bytes(header: SegmentHeader) -> bytes:
    """A header as it is written."""
    data = _HEADER.pack(_MAGIC, _VERSION, *header)
    return data + _CHECKSUM.pack(frame.crc32c(0, data))


def read_header(folder: Path, number: int) -> SegmentHeader | None:
    """The header of a segment; None where it is damaged.

    Raises:
        JournalFailed: A later release wrote it.
        OSError: The file can't be read.
    """
    with open_segment(folder, number) as file:
        data = os.pread(file.fileno(), HEADER_BYTES, 0)
    if len(data) < HEADER_BYTES or frame.crc32c(0, data[: _HEADER.size]) != _CHECKSUM.unpack(data[_HEADER.size :])[0]:
        return None
    magic, version, named, first_sequence = _HEADER.unpack_from(data)
    if magic != _MAGIC or named != number:
        return None
    if version != _VERSION:
        path = segment_path(folder, number)
        raise JournalFailed(f"{path} has format {version} and this release reads {_VERSION}: use the newer release")
    return SegmentHeader(number, first_sequence)


def read_entries(folder: Path, begin: Position, *, end: int, max_records: int, max_bytes: int) -> tuple[Entry, ...]:
    """The whole records from a place on, up to the first that is torn or damaged, or to a byte of the file.

    Returns:
        At most so many records and bytes, but at least one record if there is one, however large.

    Raises:
        OSError: The file can't be read.
    """
    with open_segment(folder, begin.segment) as file:
        there = max(end - begin.offset, 0)
        data = os.pread(file.fileno(), min(max(max_bytes, frame.HEAD_BYTES), there), begin.offset)
        first = frame.payload_bytes(data, 0)
        if first is not None and len(data) < frame.HEAD_BYTES + first <= there:
            data = os.pread(file.fileno(), frame.HEAD_BYTES + first, begin.offset)
    return tuple(islice(_whole_entries(data, begin), max_records))


def _whole_entries(data: bytes, begin: Position) -> Iterator[Entry]:
    at, index = begin, 0
    while (length := frame.payload_bytes(data, index)) is not None:
        payload = frame.whole_payload(data, index, segment=at.segment, offset=at.offset)
        if payload is None:
            return
        step = frame.HEAD_BYTES + length
        after = Position(at.segment, at.offset + step, at.sequence + 1)
        yield Entry(at, after, decode(payload))
        at, index = after, index + step
