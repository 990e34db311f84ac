"""What every cursor has passed, known to all dispatchers; and dropping it from the stream when it is old or much."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Never

import msgspec

from okta_hooks.journal.errors import JournalUnavailable
from okta_hooks.journal.jetstream.bucket import Bucket
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.fetching import Fetching
from okta_hooks.journal.jetstream.settings import StreamLimits
from okta_hooks.journal.jetstream.stream import Stream, bounds_of, segment_of
from okta_hooks.journal.jetstream.timeline import Timeline
from okta_hooks.journal.jetstream.wire import StreamState
from okta_hooks.journal.record import Position

_PASSED, _TIMELINE = "passed", "timeline"
_EVERY = timedelta(minutes=1)

_LOGGER = logging.getLogger(__name__)


class StreamRetention:
    """Lets go. Only the active dispatcher may be told what was passed.

    Args:
        connection: To the servers.
        stream: What is dropped from.
        bucket: Where the dispatchers share what they know.
        limits: How much and how long to keep.
    """

    def __init__(self, connection: Connection, stream: Stream, bucket: Bucket, limits: StreamLimits) -> None:
        self._stream = stream
        self._bucket = bucket
        self._limits = limits
        self._fetching = Fetching(connection, stream.name)
        self._passed: Position | None = None

    async def release(self, passed: Position) -> None:
        """Say that nothing before a place is needed any more, except for replay.

        Raises:
            JournalUnavailable: It could not be said; say it again.
        """
        await self._bucket.put(_PASSED, str(passed).encode())
        self._passed = passed
        await self.drop()

    def read(self) -> Position | None:
        """What was said last, as far as this process knows; None when it knows of nothing."""
        return self._passed

    async def refresh(self) -> Position | None:
        """What any dispatcher said last; None when none did.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        content = (await self._bucket.get(_PASSED)).content
        self._passed = Position.parse(content.decode()) if content else None
        return self._passed

    async def forgotten(self, window: timedelta) -> Position:
        """A place before which the stream let everything go at least so long ago.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        return (await self._timeline()).oldest_at(datetime.now(UTC) - window)

    async def run(self) -> Never:
        """Drop from time to time, also when no event comes."""
        while True:
            await asyncio.sleep(_EVERY.total_seconds())
            try:
                await self.drop()
                await self._mark()
            except JournalUnavailable as error:
                _LOGGER.warning("the stream %s could not be looked after: %s", self._stream.name, error)

    async def drop(self) -> None:
        """Drop what every cursor has passed and is too old or too much.

        Raises:
            JournalUnavailable: It can't be dropped now.
        """
        info = await self._stream.info()
        if info is None or self._passed is None or self._passed.segment != segment_of(info) or not info.state.messages:
            return
        wanted = max(self._too_much(info.state), await self._too_old(info.state))
        until = min(wanted, self._passed.offset)
        if until > info.state.first_seq:
            await self._stream.drop_before(until)

    def _too_much(self, state: StreamState) -> int:
        """The first sequence that need not go for the stream's size."""
        if state.bytes <= self._limits.keep_bytes:
            return 0
        kept = state.messages * self._limits.keep_bytes // state.bytes
        return state.last_seq + 1 - kept

    async def _too_old(self, state: StreamState) -> int:
        """The first sequence that need not go for its age."""
        oldest_kept = datetime.now(UTC) - self._limits.keep_age
        if state.first_ts >= oldest_kept:
            return 0
        first = await self._fetching.since(oldest_kept)
        return first.sequence if first else state.last_seq + 1

    async def _mark(self) -> None:
        oldest, timeline = bounds_of(await self._stream.info()).oldest, await self._timeline()
        marked = timeline.marked(datetime.now(UTC), oldest)
        if marked is not timeline:
            await self._bucket.put(_TIMELINE, msgspec.json.encode(marked))

    async def _timeline(self) -> Timeline:
        content = (await self._bucket.get(_TIMELINE)).content
        return msgspec.json.decode(content, type=Timeline) if content else Timeline()
