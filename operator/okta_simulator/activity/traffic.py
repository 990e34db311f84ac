"""Events that happen by themselves: a working day's at a steady rate, and stories about people."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from random import Random

from okta_simulator.directory.user import User
from okta_simulator.errors import validation_failed
from okta_simulator.events.generator import EventGenerator
from okta_simulator.events.log_event import LogEvent

FASTEST = 100_000.0
"""The greatest rate, in events a second; what one core really makes is less."""
MOST_STORIES = 100
"""Stories that are told at a time."""

_TICK = 0.05  # real seconds between portions of events
_BEHIND = 1.0  # real seconds of events that are made up for after a stall, at most


class Traffic:
    """Lets events happen in the background.

    Args:
        generator: Makes them.
        emit: Takes them.
        dice: Chooses among types.
    """

    def __init__(self, generator: EventGenerator, emit: Callable[[LogEvent], None], dice: Random) -> None:
        self._generator = generator
        self._emit = emit
        self._dice = dice
        self._rate = 0.0
        self._types: tuple[str, ...] = ()
        self._flows = asyncio.Event()
        self._waiting: asyncio.Queue[tuple[str, User | None, float]] = asyncio.Queue(MOST_STORIES)
        self._being_told = 0

    @property
    def rate(self) -> float:
        """Events in a real second."""
        return self._rate

    @property
    def types(self) -> tuple[str, ...]:
        """What happens; empty for a working day's mixture."""
        return self._types

    def flow(self, rate: float, types: tuple[str, ...] = ()) -> None:
        """Let events happen at a rate from now on; 0 ends it.

        Args:
            rate: Events in a real second, whatever Okta's clock does.
            types: Chosen among at random; a working day's mixture when empty.
        """
        self._rate, self._types = rate, types
        if rate > 0:
            self._flows.set()
        else:
            self._flows.clear()

    def tell(self, story: str, user: User | None, pace: float) -> None:
        """Begin a story; its pauses pass in Okta's time.

        Raises:
            OktaError: E0000001, too many are being told.
        """
        if self._being_told >= MOST_STORIES:
            raise validation_failed("story", f"{MOST_STORIES} stories are being told already. Let some end first.")
        self._being_told += 1
        self._waiting.put_nowait((story, user, pace))

    async def run(self) -> None:
        """Let events happen until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._flow())
            while True:
                group.create_task(self._tell(*await self._waiting.get()))

    async def _flow(self) -> None:
        while True:
            await self._flows.wait()
            await self._flow_steadily()

    async def _flow_steadily(self) -> None:
        last, due = time.monotonic(), 0.0
        while self._flows.is_set():
            await asyncio.sleep(_TICK)
            now = time.monotonic()
            due += min(now - last, _BEHIND) * self._rate
            last = now
            self._emit_some(int(due))
            due -= int(due)

    def _emit_some(self, count: int) -> None:
        if not self._types:
            for event in self._generator.everyday(count):
                self._emit(event)
        for name in self._dice.choices(self._types, k=count) if self._types else ():
            self._emit(self._generator.of_type(name))

    async def _tell(self, story: str, user: User | None, pace: float) -> None:
        try:
            await self._generator.tell(story, user, self._emit, pace=pace)
        finally:
            self._being_told -= 1
