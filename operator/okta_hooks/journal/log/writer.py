"""Everything that is written in a journal's folder; used by one thread."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from okta_hooks.journal.errors import JournalFailed, JournalFull
from okta_hooks.journal.log.disk import Disk
from okta_hooks.journal.log.growing import GROWTH_BYTES, GrowingSegment, write_refused
from okta_hooks.journal.log.recovery import Recovery, set_aside
from okta_hooks.journal.log.retention import LogLimits, SealedSegment, droppable
from okta_hooks.journal.log.segment import (
    SegmentHeader,
    damaged_path,
    read_entries,
    read_header,
    segment_bytes,
    segment_path,
)
from okta_hooks.journal.log.watermark import publish, watermark_path
from okta_hooks.journal.record import Position


class LogWriter:
    """Appends groups, rolls segments and drops them.

    Args:
        folder: The journal's folder, recovered and locked.
        recovery: What recovery found.
        disk: How to write.
        limits: How much to keep.

    Raises:
        OSError: The first segment can't be begun.
    """

    def __init__(self, folder: Path, recovery: Recovery, *, disk: Disk, limits: LogLimits) -> None:
        self._folder = folder
        self._disk = disk
        self._limits = limits
        self._sealed = list(recovery.sealed)
        self._sealed_bytes = sum(segment.file_bytes for segment in recovery.sealed)
        self._damaged = {path.name: path for path in recovery.damaged}
        self._growing = GrowingSegment(folder, recovery.next_header, disk=disk)
        self._watermark = disk.open(watermark_path(folder))
        publish(self._watermark, self._growing.end)

    @property
    def end(self) -> Position:
        """The place behind the newest record."""
        return self._growing.end

    @property
    def used_bytes(self) -> int:
        """What the segments take on the volume."""
        return self._sealed_bytes + self._growing.file_bytes

    @property
    def room_bytes(self) -> int:
        """What may be appended before the log has reached its limit, growth in advance included."""
        return max(self._limits.max_bytes - GROWTH_BYTES - self._sealed_bytes - self._growing.end.offset, 0)

    @property
    def damaged(self) -> tuple[str, ...]:
        """The names of the segments that are set aside, oldest first."""
        return tuple(self._damaged)

    def append(self, payloads: Sequence[bytes], *, now_ms: int) -> list[Position]:
        """Keep a group of records, with one write and one sync.

        Returns:
            Where each begins.

        Raises:
            JournalFull: There is no room; the writer can go on.
            JournalFailed: The writer must not be used any more.
        """
        if self._growing.end.offset >= self._limits.full_segment_bytes:
            self._roll(now_ms)
        places = self._growing.append(payloads)
        self._publish()
        return places

    def maintain(self, passed: Position | None, *, now_ms: int) -> None:
        """Drop the segments that retention lets go, and begin a new one if the present one is old.

        Raises:
            JournalFailed: The writer must not be used any more.
        """
        dropped = droppable(
            self._sealed,
            growing_bytes=self._growing.file_bytes,
            end=self._growing.end,
            passed=passed,
            limits=self._limits,
            now_ms=now_ms,
        )
        for number in dropped:
            self._remove(number)
            self._sealed_bytes -= self._sealed.pop(0).file_bytes
        age = timedelta(milliseconds=now_ms - self._growing.start.segment)
        if age > self._limits.segment_age and self._growing.end != self._growing.start:
            with suppress(JournalFull):  # the old one goes on until there is room
                self._roll(now_ms)

    def look_at(self, reported: Sequence[Position], *, now_ms: int) -> None:
        """Set the segments aside in which something can't be read; the one that is being written ends for that.

        Args:
            reported: Places at which somebody found damage; with offset 0 a segment's header.
            now_ms: The present, in milliseconds of Unix time.

        Raises:
            JournalFailed: The writer must not be used any more.
        """
        for place in reported:
            if not self._is_damaged(place):
                continue
            if place.segment == self._growing.start.segment:
                try:
                    self._roll(now_ms)
                except JournalFull:  # it goes on until there is room
                    continue
            with suppress(OSError):  # it keeps its name until the next look
                path = set_aside(self._folder, place.segment, disk=self._disk)
                self._damaged[path.name] = path

    def close(self) -> None:
        """Let go of the files."""
        self._growing.close()
        self._watermark.close()

    def _roll(self, now_ms: int) -> None:
        """Begin a new segment; all that was acknowledged is synced already."""
        full = self._growing
        header = SegmentHeader(max(now_ms, full.end.segment + 1), full.end.sequence)
        try:
            self._growing = GrowingSegment(self._folder, header, disk=self._disk)
        except OSError as error:
            raise write_refused(self._folder, error) from error
        full.seal()
        self._sealed.append(SealedSegment(full.end.segment, full.file_bytes, full.end.sequence, header.number))
        self._sealed_bytes += full.file_bytes
        self._publish()

    def _publish(self) -> None:
        try:
            publish(self._watermark, self._growing.end)
        except OSError as error:
            raise JournalFailed(
                f"{watermark_path(self._folder)} can't be written ({error.strerror}): see whether the volume is healthy"
            ) from error

    def _is_damaged(self, place: Position) -> bool:
        """Whether a record that is kept can't be read at a place, in a segment that is not set aside.

        Who has found that may have been mistaken, or speaks of what was dropped.
        """
        ends = {segment.number: segment.end_sequence for segment in self._sealed}
        ends[self._growing.start.segment] = self.end.sequence
        if place.segment not in ends or damaged_path(self._folder, place.segment).name in self._damaged:
            return False
        try:
            if place.offset == 0:
                return read_header(self._folder, place.segment) is None
            size = segment_bytes(self._folder, place.segment)
            entries = read_entries(self._folder, place, end=size, max_records=1, max_bytes=1)
        except OSError:
            return False
        return not entries and place.sequence < ends[place.segment]

    def _remove(self, number: int) -> None:
        """Remove a segment. A loss of power may bring it back; the next start then drops it again."""
        damaged = damaged_path(self._folder, number)
        path = self._damaged.get(damaged.name, segment_path(self._folder, number))
        try:
            self._disk.remove(path)
            self._damaged.pop(damaged.name, None)
        except OSError as error:
            raise JournalFailed(
                f"{path} can't be removed ({error.strerror}): see whether the volume is writable"
            ) from error
