"""Kills the operator at one call, at one of its two moments; and remembers which calls there were."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from crash.okta_hooks.controller.interposer import Cut, Moment, Passage


class Trap:
    """A witness for interposers.

    Args:
        strike: Kills the operator.
    """

    def __init__(self, strike: Callable[[], None]) -> None:
        self._strike = strike
        self._armed: Passage | None = None
        self._sprung = asyncio.Event()
        self.calls: list[str] = []

    def arm(self, passage: Passage) -> None:
        """Kill the operator when it comes to this."""
        self._armed = passage
        self._sprung.clear()

    def disarm(self) -> None:
        """Let the operator live."""
        self._armed = None

    async def until_sprung(self, *, within: float) -> None:
        """Return when the operator has been struck.

        Args:
            within: Seconds in which it has to come to that.
        """
        try:
            async with asyncio.timeout(within):
                await self._sprung.wait()
        except TimeoutError:
            last = ", ".join(self.calls[-10:])
            raise AssertionError(f"the operator did not come to {self._armed}; it called last {last}") from None

    async def witness(self, passage: Passage) -> None:
        """See `crash.okta_hooks.controller.interposer.Witness`."""
        if passage.moment is Moment.BEFORE:
            self.calls.append(passage.call)
        if passage == self._armed and not self._sprung.is_set():
            self._strike()
            self._sprung.set()
            raise Cut
