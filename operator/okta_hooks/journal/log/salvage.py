"""What of a segment can still be read behind damage: a record that is damaged costs itself, and not those that follow.

A record is found again by its checksum, which covers its place. What is no more than text in an event can't pass for
one: a record's head holds zero bytes, which JSON never does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from okta_hooks.journal.log import frame
from okta_hooks.journal.log.segment import open_segment
from okta_hooks.journal.payload import MIN_PAYLOAD_BYTES, may_begin

_WINDOW_BYTES = 1 << 16
_BEGIN_BYTES = frame.HEAD_BYTES + MIN_PAYLOAD_BYTES
_LENGTH = re.compile(rb"(?=(?!\x00{3})[\x00-\xff]{3}\x00)")
"""A payload's length: not 0, and below 16 MiB."""


class Salvaged(NamedTuple):
    """Whole records behind a place.

    Attributes:
        offset: Where the first of them begins.
        records: How many there are from there to the end; what can't be read between them counts as one each.
    """

    offset: int
    records: int


def salvage(folder: Path, segment: int, begin: int, *, end: int) -> Salvaged | None:
    """The whole records of a segment from a byte on, which need not be where one begins; None where there are none.

    Raises:
        OSError: The file can't be read.
    """
    with open_segment(folder, segment) as file:
        whole = _whole(file.fileno(), segment, begin, end)
        first = next(whole, None)
        if first is None:
            return None
        records, behind = 1, first.stop
        for each in whole:
            records += 1 if each.start == behind else 2
            behind = each.stop
        return Salvaged(first.start, records)


def _whole(file: int, segment: int, begin: int, end: int) -> Iterator[range]:
    """The bytes of each whole record, in order."""
    while begin < end:
        size = _size_of_whole(file, segment, begin, end)
        if size is None:
            begin = _next_candidate(file, begin + 1, end)
        else:
            yield range(begin, begin + size)
            begin += size


def _size_of_whole(file: int, segment: int, offset: int, end: int) -> int | None:
    """The bytes of the whole record that begins at a byte; None where there is none."""
    head = os.pread(file, _BEGIN_BYTES, offset)
    length = frame.payload_bytes(head, 0)
    if length is None or offset + frame.HEAD_BYTES + length > end or not may_begin(head[frame.HEAD_BYTES :], length):
        return None
    data = os.pread(file, frame.HEAD_BYTES + length, offset)
    is_whole = frame.whole_payload(data, 0, segment=segment, offset=offset) is not None
    return len(data) if is_whole else None


def _next_candidate(file: int, begin: int, end: int) -> int:
    """The next byte at which a record may begin; the end where there is none."""
    while begin < end:
        window = os.pread(file, min(_WINDOW_BYTES, end - begin), begin)
        if found := _LENGTH.search(window):
            return begin + found.start()
        begin += max(len(window) - 3, 1)  # a length may lie across two windows
    return end
