"""Everything that is counted, once: metrics and statistics are two views of it."""

from __future__ import annotations

from okta_hooks.journal import ArrivalPath
from okta_hooks.receiver.outcome import Outcome
from okta_hooks.telemetry.distribution import Distribution

_MOST_HOOK_IDS = 8
_ANSWER_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_SYNC_BOUNDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5)


class Count:
    """How often something was, and when last, in nanoseconds of Unix time."""

    __slots__ = ("last_ns", "number")

    def __init__(self) -> None:
        self.number = 0
        self.last_ns = 0

    def add(self, number: int, now_ns: int) -> None:
        """Count."""
        self.number += number
        self.last_ns = now_ns


class Tally:
    """The counts of one process."""

    def __init__(self) -> None:
        self.outcomes = {outcome: Count() for outcome in Outcome}
        self.events = {path: Count() for path in ArrivalPath}
        self.quarantined = Count()
        self.event_bytes = 0
        self.hook_ids: dict[str, Count] = {}
        self.refused_connections = 0
        self.answer_seconds = Distribution(_ANSWER_BOUNDS)
        self.sync_seconds = Distribution(_SYNC_BOUNDS)

    def came_from(self, hook_id: str, now_ns: int) -> None:
        """Count a delivery for the hook that it names; the first few hooks only."""
        count = self.hook_ids.get(hook_id)
        if count is None and hook_id and len(self.hook_ids) < _MOST_HOOK_IDS:
            count = self.hook_ids[hook_id] = Count()
        if count is not None:
            count.add(1, now_ns)
