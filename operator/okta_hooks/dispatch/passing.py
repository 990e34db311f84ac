"""The task that tells the journal what every cursor has passed, so that it can be dropped."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta
from typing import Never

from okta_hooks.dispatch.indexing import Indexing
from okta_hooks.dispatch.ledger import Ledger
from okta_hooks.journal import BEGINNING, JournalUnavailable, Position, Retention

_LOGGER = logging.getLogger(__name__)


class Passing:
    """Tells on.

    Args:
        retention: Who is told.
        indexing: The cursor of the index.
        ledger: The cursors of the sinks, which change only once they are on stable storage; also of those that are
            not served now.
        yielding: The sinks that hold nothing back now.
        every: The time between two looks.
    """

    def __init__(
        self,
        retention: Retention,
        indexing: Indexing,
        ledger: Ledger,
        *,
        yielding: Callable[[], Awaitable[Collection[str]]],
        every: timedelta = timedelta(seconds=1),
    ) -> None:
        self._retention = retention
        self._indexing = indexing
        self._ledger = ledger
        self._yielding = yielding
        self._every = every
        self._told = retention.read()

    @property
    def told(self) -> Position | None:
        """What the journal was told last."""
        return self._told

    async def run(self) -> Never:
        """Tell now and whenever it has changed."""
        while True:
            await self.tell()
            await asyncio.sleep(self._every.total_seconds())

    async def tell(self) -> None:
        """Tell if there is news; what can't be told now is told the next time, and the journal only grows meanwhile."""
        lowest = self._lowest(await self._yielding())
        if lowest == self._told:
            return
        try:
            await self._retention.release(lowest)
        except (OSError, JournalUnavailable) as error:
            _LOGGER.warning("the journal can't be told what may be dropped, and only grows: %s", error)
        else:
            self._told = lowest

    def _lowest(self, yielding: Collection[str]) -> Position:
        """What every cursor has passed that holds anything back.

        What sinks were said to have passed is not taken back when they yield no more: the journal may have dropped it,
        and the word is what tells a sink's gap from damage.
        """
        indexed, cursors = self._indexing.place, self._ledger.cursors.items()
        lowest = min((cursor.place for name, cursor in cursors if name not in yielding), default=indexed)
        return min(indexed, max(lowest, self._told or BEGINNING))
