"""The segment that records go into now."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from okta_hooks.journal.errors import JournalError, JournalFailed, JournalFull
from okta_hooks.journal.log import frame
from okta_hooks.journal.log.disk import NO_ROOM, Disk
from okta_hooks.journal.log.segment import (
    HEADER_BYTES,
    UNBORN_SUFFIX,
    SegmentHeader,
    header_bytes,
    segment_path,
)
from okta_hooks.journal.record import Position

GROWTH_BYTES = 1 << 20
"""How much a segment grows at a time (why it does: the package's docstring)."""

_ZEROS = bytes(GROWTH_BYTES)


class GrowingSegment:
    """A new segment, and whatever is appended to it.

    It is born under another name and gets its own once its header is on stable storage, so that a segment without a
    good header is damaged and never merely unfinished.

    Raises:
        OSError: The file can't be made.
    """

    def __init__(self, folder: Path, header: SegmentHeader, *, disk: Disk) -> None:
        self.path = segment_path(folder, header.number)
        self.start = self.end = header.start
        unborn = self.path.with_suffix(UNBORN_SUFFIX)
        self._file = disk.create(unborn)
        try:
            self._file.write(header_bytes(header), 0)
            self._file.sync()
            disk.rename(unborn, self.path)
            disk.sync_folder(folder)
        except BaseException:
            self._file.close()
            with suppress(OSError):
                disk.remove(unborn)
            raise
        self.file_bytes = HEADER_BYTES

    def append(self, payloads: Sequence[bytes]) -> list[Position]:
        """Keep records; returns once they are on stable storage.

        Returns:
            Where each begins.

        Raises:
            JournalFull: There was no room; the segment ends where it did before, and can be appended to.
            JournalFailed: The segment must not be used any more.
        """
        at = self.end
        places: list[Position] = []
        parts: list[bytes] = []
        for payload in payloads:
            places.append(at)
            parts += (frame.head(payload, segment=at.segment, offset=at.offset), payload)
            at = Position(at.segment, at.offset + frame.HEAD_BYTES + len(payload), at.sequence + 1)
        try:
            self._grow(at.offset)
            self._file.write(b"".join(parts), self.end.offset)
        except OSError as error:
            raise write_refused(self.path, error) from error
        try:
            self._file.sync()
        except OSError as error:
            # Never sync again: the kernel may have given the data up, and would call the second sync a success.
            raise JournalFailed(
                f"{self.path} could not be synced ({error.strerror}), so nothing more is acknowledged: see whether "
                "the volume is healthy; a new start recovers what was acknowledged"
            ) from error
        self.end = at
        return places

    def seal(self) -> None:
        """Give back what the file grew too far, and let go of it.

        Raises:
            JournalFailed: The file can't be cut.
        """
        try:
            self._file.truncate(self.end.offset)
        except OSError as error:
            raise JournalFailed(
                f"{self.path} can't be cut ({error.strerror}): see whether the volume is healthy"
            ) from error
        finally:
            self._file.close()
        self.file_bytes = self.end.offset

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _grow(self, needed: int) -> None:
        while self.file_bytes < needed:
            self._file.write(_ZEROS, self.file_bytes)
            self.file_bytes += GROWTH_BYTES


def write_refused(path: Path, error: OSError) -> JournalError:
    """What a failed write means for those who wait for it."""
    if error.errno in NO_ROOM:
        return JournalFull(
            f"there is no room to write {path} ({error.strerror}): enlarge the volume, or see which sink is behind"
        )
    return JournalFailed(f"{path} can't be written ({error.strerror}): see whether the volume is healthy and writable")
