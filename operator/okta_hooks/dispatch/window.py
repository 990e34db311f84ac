"""The batches of one sink that are on their way, and how far all before are settled."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from okta_hooks.dispatch.batch import Outcome
from okta_hooks.journal import Position


@dataclass(eq=False)
class Stretch:
    """A part of the journal.

    Attributes:
        end: Where the next one begins.
        outcome: What became of its events; None until all of them are settled.
        takes_room: Whether its events are in memory.
    """

    end: Position
    outcome: Outcome | None = None
    takes_room: bool = True


class Window:
    """Moves a cursor over what is settled without a gap, so that what a crash interrupts is read again.

    Args:
        size: The most stretches at once.
        advance: Writes down a cursor's new place, with what became of the events before it.
    """

    def __init__(self, size: int, advance: Callable[[Position, Outcome], Awaitable[None]]) -> None:
        self._room = asyncio.Semaphore(size)
        self._advance = advance
        self._stretches: deque[Stretch] = deque()
        self._advancing = asyncio.Lock()

    async def room(self) -> None:
        """Wait until another stretch may be read."""
        await self._room.acquire()

    def begin(self, end: Position) -> Stretch:
        """Another stretch is on its way."""
        stretch = Stretch(end)
        self._stretches.append(stretch)
        return stretch

    def merge(self, stretch: Stretch) -> None:
        """The events of a stretch are settled with those of an earlier one."""
        stretch.outcome = Outcome()
        self._leave(stretch)

    async def settle(self, stretch: Stretch, outcome: Outcome) -> None:
        """All events of a stretch are settled.

        Raises:
            DatabaseFailed: That can't be written down.
        """
        stretch.outcome = outcome
        async with self._advancing:
            settled, end = Outcome(), None
            while self._stretches and (done := self._stretches[0].outcome):
                settled.add(done)
                end = self._stretches[0].end
                self._leave(self._stretches.popleft())
            if end:
                await self._advance(end, settled)

    def _leave(self, stretch: Stretch) -> None:
        if stretch.takes_room:
            stretch.takes_room = False
            self._room.release()
