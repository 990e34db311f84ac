"""No more than so many events a second."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable


class Rate:
    """A token bucket without a store: what passes leaves a debt, and whoever comes next waits until it is paid.

    So a batch passes whole, and the rate holds from one to the next.

    Args:
        per_second: The most events a second; None for as many as come.
        clock: Tells seconds that never go back.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        per_second: float | None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._per_second = per_second
        self._clock = clock
        self._sleep = sleep
        self._free_at = clock()
        self._turn = asyncio.Lock()

    async def take(self, events: int) -> None:
        """Wait until so many events may pass."""
        if self._per_second is None:
            return
        async with self._turn:
            if (wait := self._free_at - self._clock()) > 0:
                await self._sleep(wait)
            self._free_at = max(self._free_at, self._clock()) + events / self._per_second
