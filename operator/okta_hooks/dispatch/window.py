"""The batches of one sink that are on their way, and how far all before are settled."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Never

from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.ending import ending_together
from okta_hooks.dispatch.interruption import finish
from okta_hooks.journal import Position

_GRACE = timedelta(seconds=10)
"""How long writing down may take when everything has to end."""


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

    Writing it down goes on beside the next delivery, since waiting for the disk would take a third of the time. What is
    settled meanwhile is written down together.

    Args:
        size: The most stretches at once, with those that are settled and not written down yet.
        advance: Writes down a cursor's new place, with what became of the events before it.
    """

    def __init__(self, size: int, advance: Callable[[Position, Outcome], Coroutine[None, None, None]]) -> None:
        self._room = asyncio.Semaphore(size)
        self._advance = advance
        self._stretches: deque[Stretch] = deque()
        self._settled = asyncio.Event()
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

    def settle(self, stretch: Stretch, outcome: Outcome) -> None:
        """All events of a stretch are settled."""
        stretch.outcome = outcome
        self._settled.set()

    @asynccontextmanager
    async def moving(self) -> AsyncIterator[None]:
        """Move the cursor meanwhile; on leaving, it is behind all that was settled.

        Raises:
            DatabaseFailed: That can't be written down.
        """
        async with ending_together() as tasks:
            tasks.create_task(self._move_for_ever())
            try:
                yield
            finally:
                await finish(self._move(), grace=_GRACE)

    async def _move_for_ever(self) -> Never:
        while True:
            await self._settled.wait()
            self._settled.clear()
            await finish(self._move(), grace=_GRACE)

    async def _move(self) -> None:
        async with self._advancing:
            settled, outcome = list(takewhile(lambda stretch: stretch.outcome is not None, self._stretches)), Outcome()
            if not settled:
                return
            for stretch in settled:
                outcome.add(stretch.outcome or Outcome())
            await self._advance(settled[-1].end, outcome)
            for stretch in settled:  # only now, so that never more than the window has to be done again
                self._stretches.popleft()
                self._leave(stretch)

    def _leave(self, stretch: Stretch) -> None:
        if stretch.takes_room:
            stretch.takes_room = False
            self._room.release()
