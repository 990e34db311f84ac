"""The dispatcher's side of the distributed journal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from okta_hooks.journal.errors import JournalFailed, JournalUnavailable
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.fetching import Fetching, Kept
from okta_hooks.journal.jetstream.retention import StreamRetention
from okta_hooks.journal.jetstream.stream import Stream, bounds_of, place_before, segment_of
from okta_hooks.journal.jetstream.wire import StreamInfo
from okta_hooks.journal.record import BEGINNING, Batch, Bounds, Entry, LostRange, Position

_QUEUEING = timedelta(minutes=1)
"""More than lies between the receipt of an event and the stream's time for it, clocks of servers included."""
_LOOKS_AT_STREAM = 20


class StreamReader:
    """Reads a stream.

    Args:
        connection: To its servers.
        stream: The stream.
        retention: Knows what every cursor has passed: what is missing before that is no loss.
        look_every: How long to wait between two looks for something new; each is one small question.
    """

    def __init__(
        self,
        connection: Connection,
        stream: Stream,
        retention: StreamRetention,
        *,
        look_every: timedelta = timedelta(milliseconds=50),
    ) -> None:
        self._stream = stream
        self._fetching = Fetching(connection, stream.name)
        self._retention = retention
        self._look_every = look_every
        self._info: StreamInfo | None = None
        self._last: Kept | None = None

    async def bounds(self) -> Bounds:
        """The oldest and the newest place; both `BEGINNING` while there is no stream yet."""
        async with _as_the_port_says():
            return bounds_of(await self._look())

    async def forgotten(self, window: timedelta) -> Position:
        """A place before which the stream let everything go at least so long ago."""
        async with _as_the_port_says():
            return await self._retention.forgotten(window)

    async def used_bytes(self) -> int:
        """How large the stream is."""
        async with _as_the_port_says():
            info = await self._look()
            return info.state.bytes if info else 0

    async def between(self, since_ns: int, until_ns: int) -> Bounds:
        """Two places between which all records lie that were received in a time."""
        async with _as_the_port_says():
            info = await self._look()
            oldest, newest = bounds_of(info)
            if info is None:
                return Bounds(oldest, newest)
            first = await self._fetching.since(_moment(since_ns) - _QUEUEING)
            behind = await self._fetching.since(_moment(until_ns) + _QUEUEING)
            segment = segment_of(info)
            begin = place_before(segment, first.sequence) if first else newest
            return Bounds(begin, place_before(segment, behind.sequence) if behind else newest)

    async def wait(self, after: Position) -> None:
        """Return once there is something behind a place."""
        async with _as_the_port_says():
            looks = 0
            while True:
                if looks % _LOOKS_AT_STREAM == 0 and (info := await self._look()) and self._is_behind(after, info):
                    return
                start = _start(after, self._info)
                if self._info and await self._fetching.from_sequence(start, most=1, max_bytes=1):
                    return
                looks += 1
                await asyncio.sleep(self._look_every.total_seconds())

    async def read(self, after: Position, *, max_records: int, max_bytes: int) -> Batch:
        """What follows a place, without waiting."""
        async with _as_the_port_says():
            info = self._info or await self._look()
            if info is None:
                return Batch((), after)
            found = await self._fetching.from_sequence(_start(after, info), most=max_records, max_bytes=max_bytes)
            if not found:
                info = await self._look()
                return self._nothing(after, info) if info else Batch((), after)
            return await self._batch(after, info, _within(_in_a_row(found), max_bytes))

    async def _look(self) -> StreamInfo | None:
        self._info = await self._stream.info()
        return self._info

    def _is_behind(self, after: Position, info: StreamInfo) -> bool:
        """Whether there is something behind a place, be it only that records are missing."""
        newest = bounds_of(info).newest
        if after.segment == newest.segment and after.offset > newest.offset:
            raise JournalFailed(
                f"the stream {self._stream.name} ends at {newest.sequence} and was read up to {after.sequence}: its "
                "servers lost what they had acknowledged. Remove the stream, so that a new one is made, and the hook's "
                "events of this time are filled in from the System Log; then set sync_interval to always"
            )
        if after.segment > newest.segment:
            raise JournalFailed(
                f"the stream {self._stream.name} is older than what was read already: it seems to be a copy. Remove "
                "it, so that a new one is made"
            )
        return newest > after and (info.state.messages > 0 or after.segment == newest.segment)

    def _nothing(self, after: Position, info: StreamInfo) -> Batch:
        """What there is to say when no message is behind a place, or none any more."""
        newest = bounds_of(info).newest
        if after == BEGINNING or not self._is_behind(after, info):
            return Batch((), after)
        passed = self._retention.read()
        lost = None if passed and passed >= newest else self._lost(after, newest, datetime.now(UTC))
        return Batch((), newest, lost)

    async def _batch(self, after: Position, info: StreamInfo, found: list[Kept]) -> Batch:
        segment, first = segment_of(info), found[0]
        begin = place_before(segment, first.sequence)
        lost = None
        if after not in {BEGINNING, begin} and not await self._was_passed(begin):
            if after.segment == segment and not await self._fetching.is_gone(after.offset):
                raise JournalUnavailable(f"a replica of the stream {self._stream.name} is behind: see how it does")
            lost = self._lost(after, begin, first.at)
        entries = tuple(_entry(segment, kept) for kept in found)
        self._last = found[-1]
        return Batch(entries, entries[-1].after, lost)

    async def _was_passed(self, begin: Position) -> bool:
        passed = self._retention.read()
        if passed is None or passed < begin:
            passed = await self._retention.refresh()
        return passed is not None and passed >= begin

    def _lost(self, after: Position, before: Position, until: datetime) -> LostRange:
        last = self._last
        if last and after.offset == last.sequence + 1 and after.segment == before.segment:
            since = last.at
        else:
            since = datetime.fromtimestamp((after.segment or before.segment) / 1000, UTC)
        return LostRange(after, before, since - _QUEUEING, until, f"the stream {self._stream.name}")


@asynccontextmanager
async def _as_the_port_says() -> AsyncIterator[None]:
    """A reader has one error, after which a later try may succeed."""
    try:
        yield
    except JournalUnavailable as error:
        raise JournalFailed(str(error)) from error


def _moment(unix_ns: int) -> datetime:
    return datetime.fromtimestamp(unix_ns / 1_000_000_000, UTC)


def _start(after: Position, info: StreamInfo | None) -> int:
    """The sequence to read from; a place in another stream says nothing about this one."""
    return after.offset if info and after.segment == segment_of(info) else 1


def _in_a_row(found: list[Kept]) -> list[Kept]:
    """The messages before the first gap; the next reading tells of the gap."""
    for number, (one, following) in enumerate(pairwise(found), start=1):
        if following.sequence != one.sequence + 1:
            return found[:number]
    return found


def _within(found: list[Kept], max_bytes: int) -> list[Kept]:
    """The messages of at most so many bytes, but one; servers may count otherwise."""
    total = 0
    for number, kept in enumerate(found):
        total += kept.bytes
        if number and total > max_bytes:
            return found[:number]
    return found


def _entry(segment: int, kept: Kept) -> Entry:
    return Entry(place_before(segment, kept.sequence), place_before(segment, kept.sequence + 1), kept.record)
