"""Okta's time from one life of an organisation to the next: what was written down is never in the future."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec

from okta_simulator.clock import Clock
from okta_simulator.state.collection import Collection
from okta_simulator.state.recorder import Recorder

_INTERVAL = timedelta(seconds=1)  # of real time
_KEY = "clock"


class _Lead(msgspec.Struct, frozen=True):
    """How far Okta's clock is ahead of the real one."""

    ahead: timedelta


class KeptClock:
    """Keeps how far a clock is ahead of real time, and sets it as far ahead as it was in an earlier life.

    Args:
        clock: Okta's time.
        recorder: Where the organisation's state is kept.
    """

    def __init__(self, clock: Clock, recorder: Recorder) -> None:
        self._clock = clock
        self._kept = Collection("clock", _Lead, recorder)
        earlier = self._kept.get(_KEY)
        if earlier is not None:
            clock.advance(max(earlier.ahead - self._ahead(), timedelta()))
        self._keep()

    async def run(self) -> None:
        """Keep the clock's lead until cancelled."""
        try:
            while True:
                await asyncio.sleep(_INTERVAL.total_seconds())
                self._keep()
        finally:
            self._keep()

    def _keep(self) -> None:
        """Write down the lead that the clock will have at most until the next time, where it has grown."""
        lead = self._ahead() + _INTERVAL * max(self._clock.speed - 1, 0)
        kept = self._kept.get(_KEY) or _Lead(timedelta())
        if lead - kept.ahead > _INTERVAL:
            self._kept.put(_KEY, _Lead(lead))

    def _ahead(self) -> timedelta:
        return self._clock.now() - datetime.now(UTC)
