"""Reading a log, in any process on the writer's node, with no more than the right to read its files.

The reader holds no state and no lock, so that it never stands in the writer's way. It reads up to the watermark; from
a segment's end it goes on with the next one, and compares sequence numbers to see whether records are missing between.
Behind a record that is damaged it goes on with the next that is whole, and so does every other reader.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from okta_hooks.journal.errors import JournalFailed
from okta_hooks.journal.log.salvage import salvage
from okta_hooks.journal.log.segment import (
    HEADER_BYTES,
    damaged_path,
    read_entries,
    read_header,
    segment_bytes,
    segment_numbers,
    segment_path,
)
from okta_hooks.journal.log.watermark import durable_end
from okta_hooks.journal.record import BEGINNING, Batch, Bounds, LostRange, Position

_QUEUEING = timedelta(minutes=1)
"""More than lies between the receipt of an event and the beginning of the segment that it went into."""


class LogReader:
    """The dispatcher's side of the embedded journal.

    Args:
        folder: The journal's folder.
        damaged: Told of each place at which something can't be read; with offset 0 a segment's header. Called in any
            thread.
        look_every: How long to wait between two looks at the watermark, which is a file of a few bytes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        damaged: Callable[[Position], None] | None = None,
        look_every: timedelta = timedelta(milliseconds=20),
    ) -> None:
        self._folder = folder
        self._damaged = damaged or _nobody_is_told
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
        numbers = [number for number in segment_numbers(self._folder) if number <= newest.segment]
        for number in numbers:
            if header := read_header(self._folder, number):
                return Bounds(Position(numbers[0], HEADER_BYTES, header.first_sequence), newest)
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
                used += segment_bytes(self._folder, number)
        return used

    def _read(self, after: Position, max_records: int, max_bytes: int) -> Batch:
        durable = self._durable_end()
        if durable <= after:
            return Batch((), after)
        try:
            return (
                self._own_segment(after, durable, max_records, max_bytes)
                or self._behind_damage(after, durable, max_records, max_bytes)
                or self._next_segment(after, durable, max_records, max_bytes)
            )
        except OSError as error:
            raise JournalFailed(
                f"the journal in {self._folder} can't be read ({error.strerror}): see whether its volume is healthy"
            ) from error

    def _own_segment(self, after: Position, durable: Position, max_records: int, max_bytes: int) -> Batch | None:
        """What follows in the segment that the place is in; None at its end, at damage, and when it was dropped."""
        try:
            end = self._end(after.segment, durable)
            entries = read_entries(self._folder, after, end=end, max_records=max_records, max_bytes=max_bytes)
        except FileNotFoundError:
            return None
        return Batch(entries, entries[-1].after) if entries else None

    def _behind_damage(self, after: Position, durable: Position, max_records: int, max_bytes: int) -> Batch | None:
        """What follows the damage that begins at a place in its own segment; None where nothing more of it is whole."""
        numbers = segment_numbers(self._folder)
        try:
            found = self._first_whole(after, numbers, durable)
        except FileNotFoundError:
            return None
        if found is None:
            return None
        self._damaged(after)
        batch = self._own_segment(found, durable, max_records, max_bytes) or Batch((), found)
        return Batch(batch.entries, batch.next, self._lost(after, found, after.segment, numbers))

    def _next_segment(self, after: Position, durable: Position, max_records: int, max_bytes: int) -> Batch:
        numbers = [number for number in segment_numbers(self._folder) if number <= durable.segment]
        later = [number for number in numbers if after.segment < number]
        for number in later:
            if start := self._start(number, after, numbers, durable):
                lost = self._lost_before(start, after, later, numbers) if _misses(after, start, later) else None
                batch = self._own_segment(start, durable, max_records, max_bytes) or Batch((), start)
                return Batch(batch.entries, batch.next, lost)
        return Batch((), durable, self._lost_before(durable, after, later, numbers))

    def _start(self, number: int, after: Position, numbers: Sequence[int], durable: Position) -> Position | None:
        """Where a segment that follows a place begins; without a good header at its first whole record, if any."""
        if header := read_header(self._folder, number):
            return header.start
        self._damaged(Position(number, 0, 0))
        return self._first_whole(Position(number, HEADER_BYTES - 1, after.sequence - 1), numbers, durable)

    def _first_whole(self, after: Position, numbers: Sequence[int], durable: Position) -> Position | None:
        """The next whole record behind a place at which none begins.

        Its sequence is counted from the end, if that is known; else no more is missing than there must be.
        """
        end = self._end(after.segment, durable)
        found = salvage(self._folder, after.segment, after.offset + 1, end=end)
        if found is None:
            return None
        end_sequence = self._end_sequence(after.segment, numbers, durable)
        at_least = after.sequence + 1
        sequence = at_least if end_sequence is None else max(end_sequence - found.records, at_least)
        return Position(after.segment, found.offset, sequence)

    def _end(self, segment: int, durable: Position) -> int:
        """Up to where a segment may be read."""
        return durable.offset if segment == durable.segment else segment_bytes(self._folder, segment)

    def _end_sequence(self, segment: int, numbers: Sequence[int], durable: Position) -> int | None:
        """How many records were kept before a segment's end; None where the header behind it is damaged."""
        if segment == durable.segment:
            return durable.sequence
        following = next((number for number in numbers if number > segment), None)
        header = read_header(self._folder, following) if following is not None else None
        return header.first_sequence if header is not None else None

    def _lost_before(self, start: Position, after: Position, later: Sequence[int], numbers: Sequence[int]) -> LostRange:
        """What is missing between a place and the beginning of what can be read in a later segment."""
        unread = [number for number in later if number < start.segment]
        is_torn = start.offset > HEADER_BYTES and start.segment in later
        culprit = next(iter(unread), start.segment if is_torn else after.segment or start.segment)
        if culprit == after.segment:
            self._damaged(after)
        return self._lost(after, start, culprit, numbers)

    def _lost(self, after: Position, before: Position, culprit: int, numbers: Sequence[int]) -> LostRange:
        following = next((number for number in numbers if number > culprit), None)
        until = datetime.now(UTC) if following is None else _begun(following)
        name = damaged_path if culprit in numbers else segment_path  # it has that name soon, or is missing itself
        return LostRange(after, before, _begun(culprit) - _QUEUEING, until, str(name(self._folder, culprit)))

    def _durable_end(self) -> Position:
        try:
            return durable_end(self._folder) or BEGINNING
        except OSError as error:
            raise JournalFailed(
                f"the journal in {self._folder} can't be read ({error.strerror}): see whether it is mounted readable"
            ) from error


def _misses(after: Position, start: Position, later: Sequence[int]) -> bool:
    """Whether records are missing between a place and the start of a segment behind it."""
    if after == BEGINNING:
        return start[:2] != (later[0], HEADER_BYTES)
    return start.sequence != after.sequence


def _begun(segment: int) -> datetime:
    return datetime.fromtimestamp(segment / 1000, UTC)


def _nobody_is_told(place: Position) -> None:
    """Who only looks at a journal leaves it as it is."""
