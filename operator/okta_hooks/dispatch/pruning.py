"""The task that lets the index forget what nobody can ask for any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Never

from okta_hooks.dispatch.index import Index
from okta_hooks.journal import BEGINNING, Reader


class Pruning:
    """Forgets, some events at a time, so that nobody has to wait for it.

    Args:
        reader: The journal.
        index: What forgets.
        window: For how long after the journal let an event go it may be brought again, as it is configured now.
        every: The time between two rounds.
    """

    def __init__(
        self, reader: Reader, index: Index, window: Callable[[], timedelta], *, every: timedelta = timedelta(minutes=5)
    ) -> None:
        self._reader = reader
        self._index = index
        self._window = window
        self._every = every

    async def run(self) -> Never:
        """Forget from time to time."""
        while True:
            await self.prune()
            await asyncio.sleep(self._every.total_seconds())

    async def prune(self) -> None:
        """Forget what is too old now."""
        oldest = (await self._reader.bounds()).oldest
        if oldest == BEGINNING:
            return
        before = await self._reader.forgotten(self._window())
        while await self._index.prune(oldest, before=before):
            pass
