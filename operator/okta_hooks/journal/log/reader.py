"""Reading a log, in any process on the writer's node, with no more than the right to read its files.

The reader holds no state and no lock, so that it never stands in the writer's way. It reads up to the watermark; from
a segment's end it goes on with the next one, and compares sequence numbers to see whether records are missing between.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from okta_hooks.journal.errors import JournalFailed
from okta_hooks.journal.log.segment import read_entries, read_header, segment_numbers, segment_path
from okta_hooks.journal.log.watermark import durable_end
from okta_hooks.journal.record import BEGINNING, Batch, Bounds, LostRange, Position

_QUEUEING = timedelta(minutes=1)
"""More than lies between the receipt of an event and the beginning of the segment that it went into."""


class LogReader:
    """The dispatcher's side of the embedded journal.

    Args:
        folder: The journal's folder.
        look_every: How long to wait between two looks at the watermark, which is a file of a few bytes.
    """

    def __init__(self, folder: Path, *, look_every: timedelta = timedelta(milliseconds=20)) -> None:
        self._folder = folder
        self._look_every = look_every

    async def bounds(self) -> Bounds:
        """The oldest and the newest place; both `BEGINNING` while there is no journal yet."""
        return await asyncio.to_thread(self._bounds)

    async def read(self, after: Position, *, max_records: int, max_bytes: int) -> Batch:
        """What follows a place, without waiting; from one segment at a time."""
        return await asyncio.to_thread(self._read, after, max_records, max_bytes)

    async def between(self, since_ns: int, until_ns: int) -> Bounds:
        """Two places between which all records lie that were received in a time."""
        return await asyncio.to_thread(self._between, since_ns // 1_000_000, until_ns // 1_000_000)

    async def used_bytes(self) -> int:
        """What the log takes on its volume."""
        return await asyncio.to_thread(self._used_bytes)

    async def wait(self, after: Position) -> None:
        """Return once there is something behind a place."""
        while self._durable_end() <= after:  # noqa: ASYNC110 - the writer is another process, its only sign this file
            await asyncio.sleep(self._look_every.total_seconds())

    async def forgotten(self, window: timedelta) -> Position:
        """A place before which the log let everything go at least so long ago.

        A segment is named by when it was begun, so what was dropped before the oldest one is older than that.
        """
        oldest = (await self.bounds()).oldest
        return Position(max(oldest.segment - window // timedelta(milliseconds=1), 0), 0, 0)

    def _bounds(self) -> Bounds:
        newest = self._durable_end()
        for number in segment_numbers(self._folder):
            if number <= newest.segment and (header := read_header(self._folder, number)):
                return Bounds(header.start, newest)
        return Bounds(BEGINNING, newest)

    def _between(self, since_ms: int, until_ms: int) -> Bounds:
        oldest, newest = self._bounds()
        enough_ms = until_ms + _QUEUEING // timedelta(milliseconds=1)
        for number in segment_numbers(self._folder):
            if not oldest.segment < number <= newest.segment or (header := read_header(self._folder, number)) is None:
                continue
            if number <= since_ms:
                oldest = header.start
            elif number > enough_ms:
                return Bounds(oldest, header.start)
        return Bounds(oldest, newest)

    def _used_bytes(self) -> int:
        used = 0
        for number in segment_numbers(self._folder):
            with suppress(FileNotFoundError):  # dropped meanwhile
                used += segment_path(self._folder, number).stat().st_size
        return used

    def _read(self, after: Position, max_records: int, max_bytes: int) -> Batch:
        durable = self._durable_end()
        if durable <= after:
            return Batch((), after)
        try:
            return self._own_segment(after, durable, max_records, max_bytes) or self._next_segment(
                after, durable, max_records, max_bytes
            )
        except OSError as error:
            raise JournalFailed(
                f"the journal in {self._folder} can't be read ({error.strerror}): see whether its volume is healthy"
            ) from error

    def _own_segment(self, after: Position, durable: Position, max_records: int, max_bytes: int) -> Batch | None:
        """What follows in the segment that the place is in; None at its end, and when it was dropped."""
        try:
            is_growing = after.segment == durable.segment
            end = durable.offset if is_growing else segment_path(self._folder, after.segment).stat().st_size
            entries = read_entries(self._folder, after, end=end, max_records=max_records, max_bytes=max_bytes)
        except FileNotFoundError:
            return None
        return Batch(entries, entries[-1].after) if entries else None

    def _next_segment(self, after: Position, durable: Position, max_records: int, max_bytes: int) -> Batch:
        later = [number for number in segment_numbers(self._folder) if after.segment < number <= durable.segment]
        for number in later:
            if header := read_header(self._folder, number):
                start = header.start
                lost = self._lost(after, start, first_seen=later[0]) if _misses(after, start, later) else None
                batch = self._own_segment(start, durable, max_records, max_bytes) or Batch((), start)
                return Batch(batch.entries, batch.next, lost)
        return Batch((), durable, self._lost(after, durable, first_seen=durable.segment))

    def _lost(self, after: Position, before: Position, *, first_seen: int) -> LostRange:
        damaged = after.segment or first_seen
        until = datetime.now(UTC) if before.segment == damaged else _begun(before.segment)
        where = segment_path(self._folder, damaged)
        return LostRange(after, before, _begun(damaged) - _QUEUEING, until, str(where))

    def _durable_end(self) -> Position:
        try:
            return durable_end(self._folder) or BEGINNING
        except OSError as error:
            raise JournalFailed(
                f"the journal in {self._folder} can't be read ({error.strerror}): see whether it is mounted readable"
            ) from error


def _misses(after: Position, start: Position, later: list[int]) -> bool:
    """Whether records are missing between a place and the start of a segment behind it."""
    if after == BEGINNING:
        return start.segment != later[0]
    return start.sequence != after.sequence


def _begun(segment: int) -> datetime:
    return datetime.fromtimestamp(segment / 1000, UTC)
