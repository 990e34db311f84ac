"""The number of events that an organisation may deliver in 24 hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from okta_simulator.audit import Audit
from okta_simulator.caller import SYSTEM
from okta_simulator.clock import Clock
from okta_simulator.options import Limits
from okta_simulator.state.collection import Collection

_DAY = timedelta(hours=24)
_KEY = "events"


class Count(msgspec.Struct, frozen=True):
    """Events sent since the first one of the present 24 hours."""

    since: datetime
    sent: int


class DailyCap:
    """Counts events that are sent for the first time; retries do not count.

    Args:
        counts: Where the count is kept.
        limits: The cap, and the number at which the System Log gets a warning.
        audit: The System Log.
        clock: Okta's time.
    """

    def __init__(self, counts: Collection[Count], limits: Limits, audit: Audit, clock: Clock) -> None:
        self._counts = counts
        self._limits = limits
        self._audit = audit
        self._clock = clock

    @property
    def sent(self) -> int:
        """Events sent in the present 24 hours."""
        return self._present().sent

    def take(self, wanted: int) -> int:
        """How many of so many events may be sent; they count as sent."""
        present = self._present()
        granted = min(wanted, max(0, self._limits.daily_events - present.sent))
        if granted:
            counted = Count(present.since, present.sent + granted)
            self._counts.put(_KEY, counted)
            if present.sent < self._limits.daily_events_warning <= counted.sent:
                self._warn(counted)
        return granted

    def _present(self) -> Count:
        now = self._clock.now()
        kept = self._counts.get(_KEY)
        return kept if kept is not None and now < kept.since + _DAY else Count(now, 0)

    def _warn(self, counted: Count) -> None:
        self._audit.record(
            "system.org.rate_limit.warning",  # that there is a warning is documented, but not its type
            SYSTEM,
            severity="WARN",
            reason=f"{counted.sent} of {self._limits.daily_events} event hook events of 24 hours have been sent",
        )
