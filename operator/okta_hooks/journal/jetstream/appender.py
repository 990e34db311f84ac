"""The receiver's side of the distributed journal. Any number of receivers append to one stream."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from okta_hooks.journal.admission import Admission
from okta_hooks.journal.errors import JournalError, JournalFailed, JournalFull, JournalUnavailable
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.durability import Durability
from okta_hooks.journal.jetstream.publishing import Publisher
from okta_hooks.journal.jetstream.settings import JetStreamSettings
from okta_hooks.journal.jetstream.stream import Stream, bounds_of, missing, place_before, segment_of, unfit
from okta_hooks.journal.jetstream.wire import StreamInfo
from okta_hooks.journal.record import BEGINNING, Position, Record, Usage

_APPEND_SECONDS = 2.2
"""Less than the receiver's 2.5 s for an answer, which is less than Okta's 3 s: a late 503 would be none."""
_MAX_WAITING_RECORDS = 20_000
_MAX_WAITING_BYTES = 32 << 20
_LARGE_DELIVERY_BYTES = 1 << 20
"""A stream without room for so much says that it is full, though it still keeps what fits."""


class StreamAppender:
    """Appends to a stream, as an asynchronous context manager. Entering looks for the stream, and goes on without it.

    Args:
        settings: Which stream.
        within_seconds: How long appending may take.
    """

    def __init__(self, settings: JetStreamSettings, *, within_seconds: float = _APPEND_SECONDS) -> None:
        self._within_seconds = within_seconds
        self._connection = Connection(settings, role="receiver")
        self._stream = Stream(self._connection, settings.stream)
        self._publisher = Publisher(self._connection, settings.stream)
        self._durability = Durability(settings.monitors)
        self._waiting = Admission(max_records=_MAX_WAITING_RECORDS, max_bytes=_MAX_WAITING_BYTES)
        self._info: StreamInfo | None = None
        self._newest = BEGINNING
        self._refusal: JournalError | None = JournalUnavailable(missing(settings.stream))
        self._is_closed = False

    async def __aenter__(self) -> Self:
        await self._connection.__aenter__()
        try:
            async with asyncio.timeout(self._within_seconds):
                await self._connection.established()
                await self.maintain()
        except TimeoutError:
            self._refusal = JournalUnavailable(f"the distributed journal is not reached: {self._connection.trouble}")
        except BaseException:
            await self._connection.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        await self._connection.__aexit__(kind, error, trace)

    async def append(self, records: Sequence[Record]) -> tuple[Position, ...]:
        """Keep records; returns only once the stream has all of them.

        A record that the stream has already is not kept again, and told the place of its first copy.

        Returns:
            Where each begins.

        Raises:
            JournalFull: There is no room for some of them.
            JournalUnavailable: They were not all confirmed in time; some may be kept.
            JournalFailed: The journal is closed.
            RecordTooLarge: A record is larger than the format or the servers can take.
        """
        if self._is_closed:
            raise JournalFailed(f"the journal in the stream {self._stream.name} is closed")
        messages = [self._publisher.message(record) for record in records]
        if not messages:
            return ()
        size = sum(len(message.payload) for message in messages)
        try:
            async with asyncio.timeout(self._within_seconds):
                segment = await self._segment()
                await self._waiting.enter(len(messages), size)
                try:
                    await self._publisher.keep(messages)
                finally:
                    self._waiting.leave(len(messages), size)
        except TimeoutError:
            raise JournalUnavailable(
                f"the stream {self._stream.name} did not keep events within {self._within_seconds:g} s: "
                f"{self._publisher.trouble or 'its servers are slow'}"
            ) from None
        except JournalFull as error:
            self._refusal = error
            raise
        places = tuple(place_before(segment, message.sequence or 0) for message in messages)
        self._note(places)
        return places

    async def maintain(self) -> None:
        """Look at the stream. Dropping is the dispatcher's; a server that does not answer fails nothing here."""
        try:
            info = await self._stream.info()
        except JournalUnavailable as error:
            self._refusal = error
            return
        self._info = info
        self._refusal = self._fault(info)
        self._newest = bounds_of(info).newest
        if info:
            await self._durability.look(info.config.num_replicas)

    def usage(self) -> Usage:
        """How full the stream is, as it was last looked at, and whether it would refuse."""
        info = self._info
        return Usage(
            used_bytes=info.state.bytes if info else 0,
            limit_bytes=info.config.max_bytes if info else 0,
            newest=self._newest,
            refusal=self._refusal,
            weakness=self._durability.weakness,
        )

    async def _segment(self) -> int:
        if self._info is None:
            await self._connection.established()
            await self.maintain()
        if self._info is None:
            raise self._refusal or JournalUnavailable(missing(self._stream.name))
        if sentence := unfit(self._info.config):
            raise JournalUnavailable(sentence)
        return segment_of(self._info)

    def _fault(self, info: StreamInfo | None) -> JournalError | None:
        if info is None:
            return JournalUnavailable(missing(self._stream.name))
        if sentence := unfit(info.config):
            return JournalUnavailable(sentence)
        if 0 <= info.config.max_bytes < info.state.bytes + _LARGE_DELIVERY_BYTES:
            return JournalFull(
                f"the stream {self._stream.name} has reached its limit of {info.config.max_bytes} bytes: raise the "
                "limit, or see which sink is behind"
            )
        return None

    def _note(self, places: Sequence[Position]) -> None:
        last = max(places)
        self._newest = max(self._newest, place_before(last.segment, last.offset + 1))
