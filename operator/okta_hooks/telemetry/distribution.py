"""How measured values spread, for a Prometheus histogram."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from prometheus_client.core import HistogramMetricFamily


class Distribution:
    """Counts values by upper bounds. Cheap enough for every request; written by one thread, read by any.

    Args:
        bounds: The upper bounds, ascending; one for infinity is added.
    """

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(self._bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        """Count a value."""
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def family(self, name: str, documentation: str) -> HistogramMetricFamily:
        """What was counted, as a metric."""
        buckets: list[tuple[str, float]] = []
        below = 0
        for bound, count in zip((*map(str, self._bounds), "+Inf"), self._counts, strict=True):
            below += count
            buckets.append((bound, below))
        return HistogramMetricFamily(name, documentation, buckets=buckets, sum_value=self._sum)
