"""How long events take: from Okta to us, and from us to a sink."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from okta_hooks.dispatch.batch import Event

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0, 43200.0)
"""In seconds: from a fast sink on a quiet day to half a day of outage."""
_NS = 1_000_000_000


class Histogram:
    """Counts durations by how long they are."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS) + 1)
        self.sum_seconds = 0.0

    def observe(self, duration_ns: int) -> None:
        """Count one; clocks that disagree may make it negative, which counts as none."""
        seconds = max(duration_ns, 0) / _NS
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum_seconds += seconds

    @property
    def cumulative(self) -> Sequence[tuple[str, int]]:
        """How many took at most so long, as Prometheus wants it."""
        names = [*map(str, BOUNDS), "+Inf"]
        return list(zip(names, accumulate(self._counts), strict=True))


class Latencies:
    """The durations of one sink, of live events since the process began."""

    def __init__(self) -> None:
        self.published_to_received = Histogram()
        self.received_to_acknowledged = Histogram()
        self.published_to_acknowledged = Histogram()

    def acknowledged(self, events: Sequence[Event], now_ns: int) -> None:
        """The sink took events."""
        for event in events:
            outgoing = event.outgoing
            self.received_to_acknowledged.observe(now_ns - outgoing.received_ns)
            if outgoing.published_ns is not None:
                self.published_to_received.observe(outgoing.received_ns - outgoing.published_ns)
                self.published_to_acknowledged.observe(now_ns - outgoing.published_ns)
