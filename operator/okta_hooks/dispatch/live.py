"""What a sink is for: each event of the journal, in its order, and the cursor behind what is settled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Never

from okta_hooks.dispatch.batch import Outcome, Prepared
from okta_hooks.dispatch.bisecting import Search
from okta_hooks.dispatch.courier import Courier, Load
from okta_hooks.dispatch.source import BatchLimits, Source
from okta_hooks.dispatch.window import Stretch, Window
from okta_hooks.dispatch.writing import Writing
from okta_hooks.journal import Position


@dataclass(frozen=True)
class _Batch:
    stretch: Stretch
    prepared: Prepared


class LiveLane:
    """Feeds one sink from its cursor on.

    The next batch is read and written while those before are on their way.

    Args:
        source: Where events come from.
        limits: When a batch is complete.
        writing: What becomes of a record.
        courier: Hands batches over.
        window: Moves the cursor.
    """

    def __init__(self, source: Source, limits: BatchLimits, writing: Writing, courier: Courier, window: Window) -> None:
        self._source = source
        self._limits = limits
        self._writing = writing
        self._courier = courier
        self._window = window
        self._ready: asyncio.Queue[_Batch] = asyncio.Queue()  # bounded by the window

    async def read(self, place: Position) -> Never:
        """Make batches ready, from a place on."""
        while True:
            await self._window.room()
            portion = await self._source.portion(place, self._limits)
            place = portion.next
            prepared = await self._writing.prepare(portion.records)
            prepared.outcome.skipped = (portion.skipped,) if portion.skipped else ()
            self._ready.put_nowait(_Batch(self._window.begin(place), prepared))

    async def deliver(self) -> Never:
        """Settle one batch after another; with several of these at once, as many are on their way."""
        while True:
            batch = await self._ready.get()
            load = self._load(batch)
            while await self._courier.attempt(load):
                if load.search.needs_others and not self._ready.empty():
                    self._add(load, self._ready.get_nowait())

    def _load(self, batch: _Batch) -> Load:
        async def settle(outcome: Outcome) -> None:
            self._window.settle(batch.stretch, outcome)

        return Load(Search(batch.prepared.events), batch.prepared.outcome, settle)

    def _add(self, load: Load, later: _Batch) -> None:
        load.search.add(later.prepared.events)
        load.outcome.add(later.prepared.outcome)
        self._window.merge(later.stretch)
