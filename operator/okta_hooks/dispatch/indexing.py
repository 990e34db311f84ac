"""The task that takes records into the index, ahead of every sink."""

from __future__ import annotations

import asyncio
import logging
from typing import Never

from okta_hooks.dispatch.fingerprint import same_json
from okta_hooks.dispatch.index import Index, Suspicion
from okta_hooks.journal import LostRange, Position, Reader

_LOGGER = logging.getLogger(__name__)
_MAX_RECORDS = 500
_MAX_BYTES = 1 << 20


class Indexing:
    """Follows the journal.

    Args:
        reader: The journal; asked again by the reader itself where it fails.
        index: What records go into.
        place: How far the index has come.
    """

    def __init__(self, reader: Reader, index: Index, place: Position) -> None:
        self._reader = reader
        self._index = index
        self._place = place
        self._moved = asyncio.Condition()

    @property
    def place(self) -> Position:
        """What is before it is indexed, on stable storage."""
        return self._place

    async def beyond(self, after: Position) -> None:
        """Return once something behind a place is indexed."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._place > after)

    async def run(self) -> Never:
        """Take in what comes.

        Raises:
            DatabaseFailed: The index can't be written.
        """
        while True:
            await self._reader.wait(self._place)
            batch = await self._reader.read(self._place, max_records=_MAX_RECORDS, max_bytes=_MAX_BYTES)
            if batch.lost:
                await self.lose(batch.lost, was_indexed=False)
            for suspicion in await self._index.take(batch.entries, batch.next):
                await self._look_again(suspicion)
            await self._move(batch.next)

    async def lose(self, lost: LostRange, *, was_indexed: bool) -> None:
        """Let what a reader found to be lost be brought again."""
        forgotten = await self._index.lose(lost, was_indexed=was_indexed)
        _LOGGER.error(
            "a part of the journal can't be read any more, and is kept as %s: a back-fill of what was received from %s "
            "to %s brings it again",
            lost.where,
            lost.since.isoformat(),
            lost.until.isoformat(),
            extra={"records": lost.records, "forgotten": forgotten},
        )

    async def _look_again(self, suspicion: Suspicion) -> None:
        entry = suspicion.entry
        batch = await self._reader.read(suspicion.first, max_records=1, max_bytes=1)
        first = next((copy.record.event for copy in batch.entries if copy.at == suspicion.first), b"")
        if await asyncio.to_thread(same_json, first, entry.record.event):
            await self._index.absolve(entry)
            return
        _LOGGER.warning(
            "the event %s came again with other content and is held back: compare it with the System Log, which has "
            "the last word",
            entry.record.uuid,
            extra={"path": entry.record.path, "at": str(entry.at), "first": str(suspicion.first)},
        )

    async def _move(self, place: Position) -> None:
        async with self._moved:
            self._place = place
            self._moved.notify_all()
