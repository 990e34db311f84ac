"""How far the log is on stable storage: one small file that the writer overwrites and readers look at.

A reader must not deliver a record that a recovery later cuts away, so it needs to know what was synced and not only
what was written. The writer says so here after each sync and before it acknowledges. The file itself is never synced:
after a loss of power it is older than the truth or unreadable, and then a reader sees fewer records until the
writer has recovered, never more.

Reader and writer share a node, and so its page cache. A reader may still meet a half-written file; the checksum
tells, and the reader takes it as no news.
"""

from __future__ import annotations

import struct
from pathlib import Path

from okta_hooks.journal.log.disk import File
from okta_hooks.journal.log.frame import crc32c
from okta_hooks.journal.record import Position

_PLACE = struct.Struct("<QQQ")
_CHECKSUM = struct.Struct("<I")
_ATTEMPTS = 3


def watermark_path(folder: Path) -> Path:
    """The watermark's file in a journal's folder."""
    return folder / "durable"


def publish(file: File, durable: Position) -> None:
    """Tell readers that everything before a place is on stable storage.

    Raises:
        OSError: The file can't be written.
    """
    place = _PLACE.pack(*durable)
    file.write(place + _CHECKSUM.pack(crc32c(0, place)), 0)


def durable_end(folder: Path) -> Position | None:
    """What was published last; None when there is nothing to go by.

    Raises:
        OSError: The file is there and can't be read.
    """
    for _ in range(_ATTEMPTS):
        try:
            data = watermark_path(folder).read_bytes()
        except FileNotFoundError:
            return None
        place = data[: _PLACE.size]
        if len(data) == _PLACE.size + _CHECKSUM.size and crc32c(0, place) == _CHECKSUM.unpack(data[_PLACE.size :])[0]:
            return Position(*_PLACE.unpack(place))
    return None
