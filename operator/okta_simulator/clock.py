"""Okta's clock: real time by default; faster, standing still or set ahead by choice.

Everything that Okta decides by time (batching, retries, limits, retention, expiry) reads this clock, so that a
day of Okta's life fits into minutes of a test. Time that passes on a network (the 3 s a receiver has to answer)
is not Okta's to bend: those timeouts stay in real seconds.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

FASTEST = 100_000.0
"""The greatest speed: a day in less than a second."""
LATEST = datetime(2999, 1, 1, tzinfo=UTC)
"""How far the clock can be set ahead."""


def real_time() -> datetime:
    """The time by which clients sign, whatever Okta's clock shows: nobody bends theirs."""
    return datetime.now(UTC)


class Clock:
    """Tells Okta's time and waits in it.

    Args:
        speed: How many seconds pass at Okta while one passes here; with 0 only `advance` moves the clock.
        start: What Okta's clock shows first; the real time when absent.

    Raises:
        ValueError: The speed is not between 0 and `FASTEST`.
    """

    def __init__(self, *, speed: float = 1.0, start: datetime | None = None) -> None:
        self._speed = possible_speed(speed)
        self._shown = start or real_time()
        self._since = time.monotonic()
        self._changed = asyncio.Event()

    @property
    def speed(self) -> float:
        """Seconds at Okta for one second here."""
        return self._speed

    def now(self) -> datetime:
        """Okta's present time, in UTC."""
        return self._shown + timedelta(seconds=(time.monotonic() - self._since) * self._speed)

    def set_speed(self, speed: float) -> None:
        """Let time run faster or slower from now on, also for those who wait already.

        Raises:
            ValueError: The speed is not between 0 and `FASTEST`.
        """
        possible = possible_speed(speed)
        self._rebase(timedelta())
        self._speed = possible

    def advance(self, step: timedelta) -> None:
        """Set the clock ahead; whoever waits for a time that has passed wakes up.

        Raises:
            ValueError: The step goes back, or further than `LATEST`.
        """
        if not timedelta() <= step <= LATEST - self.now():
            raise ValueError(f"the clock can be set ahead until the year {LATEST.year}, and never back")
        self._rebase(step)

    async def sleep(self, duration: timedelta) -> None:
        """Wait for a duration of Okta's time."""
        await self.sleep_until(self.now() + duration)

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until Okta's clock shows a moment."""
        while (remaining := (moment - self.now()).total_seconds()) > 0:
            changed = self._changed
            try:
                async with asyncio.timeout(remaining / self._speed if self._speed else None):
                    await changed.wait()
            except TimeoutError:
                continue

    def _rebase(self, step: timedelta) -> None:
        self._shown, self._since = self.now() + step, time.monotonic()
        self._changed.set()
        self._changed = asyncio.Event()


def possible_speed(speed: float) -> float:
    """The speed, if a clock can have it.

    Raises:
        ValueError: It is not between 0 and `FASTEST`.
    """
    if not 0 <= speed <= FASTEST:
        raise ValueError(f"the clock's speed must be between 0 and {FASTEST:.0f}, not {speed}")
    return speed
