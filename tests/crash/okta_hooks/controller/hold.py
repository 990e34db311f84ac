"""Keeps one call where it is, for as long as a test wants: a network that is slow at the worst moment."""

from __future__ import annotations

import asyncio

from crash.okta_hooks.controller.interposer import Moment, Passage


class Hold:
    """A witness for one interposer.

    Args:
        place: Where a call is kept: the first that comes there once this is armed, and no other. `calls_since` are
            those that were sent after it was done.
    """

    def __init__(self, place: Passage) -> None:
        self.place = place
        self.reached = asyncio.Event()
        self.calls_since: list[str] = []
        self._armed = False
        self._released = asyncio.Event()
        self._done = asyncio.Event()

    def arm(self) -> None:
        """Keep the next call that comes there."""
        self._armed = True

    async def release(self) -> None:
        """Let it go on, and return when the server has done it."""
        self._released.set()
        await self._done.wait()
        self.calls_since.clear()

    async def witness(self, passage: Passage) -> None:
        """See `crash.okta_hooks.controller.interposer.Witness`."""
        if passage.moment is Moment.BEFORE:
            self.calls_since.append(passage.call)
        if self._armed and passage == self.place:
            self._armed = False
            self.reached.set()
            await self._released.wait()
        if self._released.is_set() and passage == Passage(Moment.AFTER, self.place.call):
            self._done.set()
