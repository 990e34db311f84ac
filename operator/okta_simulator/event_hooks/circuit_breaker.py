"""Skipping a hook that keeps timing out, as Okta's documentation described it until November 2024."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from okta_simulator.options import CircuitBreaker as Choice


@dataclass
class _Record:
    timeouts: deque[datetime] = field(default_factory=deque)
    skipped_until: datetime | None = None


class CircuitBreaker:
    """Remembers each hook's latest timeouts.

    Args:
        choice: How many timeouts in which time lead to which pause; None never skips a hook.
    """

    def __init__(self, choice: Choice | None) -> None:
        self._choice = choice
        self._records: dict[str, _Record] = {}

    def timed_out(self, hook_id: str, now: datetime) -> None:
        """A request to a hook was not answered in time."""
        if self._choice is None:
            return
        record = self._records.setdefault(hook_id, _Record())
        record.timeouts.append(now)
        while record.timeouts[0] < now - self._choice.within:
            record.timeouts.popleft()
        if len(record.timeouts) >= self._choice.timeouts:
            record.timeouts.clear()
            record.skipped_until = now + self._choice.pause

    def skips(self, hook_id: str, now: datetime) -> bool:
        """Whether deliveries to a hook are skipped at the moment."""
        record = self._records.get(hook_id)
        return record is not None and record.skipped_until is not None and now < record.skipped_until
