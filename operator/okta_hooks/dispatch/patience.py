"""Reading a journal that can't be read for a while, without bothering those who read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from okta_hooks.journal import Batch, Bounds, JournalFailed, Position, Reader

T = TypeVar("T")

_LOGGER = logging.getLogger(__name__)


class PatientReader:
    """A journal's reader that tries again where the other fails.

    Args:
        reader: The other.
        pause: The time between two tries.
    """

    def __init__(self, reader: Reader, *, pause: timedelta = timedelta(seconds=2)) -> None:
        self._reader = reader
        self._pause = pause
        self.trouble: str | None = None
        """Why the journal can't be read now; None while it can."""

    async def bounds(self) -> Bounds:
        """The oldest and the newest place."""
        return await self._insist(self._reader.bounds)

    async def read(self, after: Position, *, max_records: int, max_bytes: int) -> Batch:
        """What follows a place."""
        return await self._insist(lambda: self._reader.read(after, max_records=max_records, max_bytes=max_bytes))

    async def wait(self, after: Position) -> None:
        """Return once there is something behind a place."""
        await self._insist(lambda: self._reader.wait(after))

    async def forgotten(self, window: timedelta) -> Position:
        """A place before which the journal let everything go at least so long ago."""
        return await self._insist(lambda: self._reader.forgotten(window))

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                answer = await ask()
            except JournalFailed as error:
                self._note(str(error))
                await asyncio.sleep(self._pause.total_seconds())
            else:
                self.trouble = None
                return answer

    def _note(self, trouble: str) -> None:
        if trouble != self.trouble:
            _LOGGER.error(trouble)
        self.trouble = trouble
