"""What a sink reads: batches of what is to go out, from the journal without what the index holds back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from okta_hooks.dispatch.index import Index
from okta_hooks.dispatch.indexing import Indexing
from okta_hooks.journal import Batch, LostRange, Position, Reader, Record


@dataclass(frozen=True)
class BatchLimits:
    """When a batch is complete.

    Attributes:
        max_events: With so many events.
        max_bytes: With so many bytes; one larger event makes a batch of its own.
        max_age: When its first event was received so long ago.
    """

    max_events: int
    max_bytes: int
    max_age: timedelta


@dataclass(frozen=True)
class Portion:
    """What a cursor meets on its way to a place.

    Attributes:
        records: What is to go out, in the journal's order; none where all was held back or lost.
        next: Where the cursor goes on when they are dealt with.
        skipped: What the journal has dropped although the cursor had not passed it, as it was told it may.
    """

    records: tuple[Record, ...]
    next: Position
    skipped: LostRange | None = None


class Source:
    """The journal behind its index.

    Args:
        reader: The journal.
        indexing: What goes ahead.
        index: What holds back.
        released: What the journal was told it may drop.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        reader: Reader,
        indexing: Indexing,
        index: Index,
        *,
        released: Callable[[], Position | None],
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._reader = reader
        self._indexing = indexing
        self._index = index
        self._released = released
        self._now_ns = now_ns

    async def portion(self, after: Position, limits: BatchLimits) -> Portion:
        """Wait for something behind a place, and for a batch to be complete."""
        await self._indexing.beyond(after)
        batch = await self._read(after, limits)
        if remaining := self._remaining_seconds(batch, limits):
            await asyncio.sleep(remaining)
            batch = await self._read(after, limits)
        if batch.lost:
            return await self._behind(batch.lost)
        return await self._without_withheld(batch, end=self._indexing.place)

    async def again(self, after: Position, *, end: Position, limits: BatchLimits) -> Portion:
        """What goes out again between two places, both of which are indexed; what is lost is passed."""
        batch = await self._read(after, limits)
        if batch.lost:
            return Portion((), min(batch.lost.before, end))
        return await self._without_withheld(batch, end=end)

    async def _behind(self, lost: LostRange) -> Portion:
        """Go on behind what can't be read: it was dropped, or else it is damaged and may be brought again."""
        released = self._released()
        if released and lost.before <= released:
            return Portion((), lost.before, skipped=lost)
        await self._indexing.lose(lost, was_indexed=True)
        return Portion((), lost.before)

    async def _read(self, after: Position, limits: BatchLimits) -> Batch:
        return await self._reader.read(after, max_records=limits.max_events, max_bytes=limits.max_bytes)

    def _remaining_seconds(self, batch: Batch, limits: BatchLimits) -> float:
        """How long to wait for more; 0 when more is there already, when it is time, or when the clock went back."""
        if not batch.entries or batch.lost or batch.next < self._indexing.place:
            return 0
        max_age = limits.max_age.total_seconds()
        age = (self._now_ns() - batch.entries[0].record.received_ns) / 1_000_000_000
        return max_age - age if 0 <= age < max_age else 0

    async def _without_withheld(self, batch: Batch, *, end: Position) -> Portion:
        entries = [entry for entry in batch.entries if entry.after <= end]
        if not entries:
            return Portion((), min(batch.next, end))
        last = entries[-1].after
        withheld = await self._index.withheld(entries[0].at, last)
        if withheld:
            entries = [entry for entry in entries if entry.at[:2] not in withheld]
        return Portion(tuple(entry.record for entry in entries), last)
