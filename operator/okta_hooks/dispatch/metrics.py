"""What a dispatcher has seen, for Prometheus: another view of its statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics, SinkState

_PREFIX = "okta_hooks_dispatcher"


def dispatcher_registry(latest: Callable[[], DispatcherStatistics]) -> CollectorRegistry:
    """A registry of this dispatcher's metrics and those of its process."""
    registry = CollectorRegistry()
    registry.register(_DispatcherCollector(latest))
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class _DispatcherCollector(Collector):
    def __init__(self, latest: Callable[[], DispatcherStatistics]) -> None:
        self._latest = latest

    def collect(self) -> Iterable[Metric]:
        statistics = self._latest()
        yield from _events(statistics)
        yield from _sinks(statistics)


def _events(statistics: DispatcherStatistics) -> Iterable[Metric]:
    unique = CounterMetricFamily(f"{_PREFIX}_events", "Events that came for the first time.", labels=["path"])
    for path, count in statistics.unique.items():
        unique.add_metric([path], count)
    yield unique
    yield CounterMetricFamily(f"{_PREFIX}_repeats", "Records whose event had come before.", value=statistics.repeats)
    quarantined = CounterMetricFamily(f"{_PREFIX}_quarantined", "Records that no sink gets.", labels=["reason"])
    for reason, count in statistics.quarantined.items():
        quarantined.add_metric([reason], count)
    yield quarantined
    yield GaugeMetricFamily(
        f"{_PREFIX}_not_indexed", "Records that are not in these counts yet.", value=statistics.not_indexed
    )
    yield GaugeMetricFamily(
        f"{_PREFIX}_lost_ranges", "Parts of the journal that can't be read any more.", value=len(statistics.lost)
    )
    yield GaugeMetricFamily(
        f"{_PREFIX}_journal_readable",
        "1 while the journal can be read.",
        value=float(statistics.journal_trouble is None),
    )


def _sinks(statistics: DispatcherStatistics) -> Iterable[Metric]:
    backlog = _gauge("backlog_records", "Records behind a sink's cursor.")
    oldest = _gauge("oldest_seconds", "Age of the first of them.")
    serving = _gauge("serving", "1 while a sink takes events.")
    dead = _gauge("dead_letters", "Events that a sink refused for good.")
    success = _gauge("last_success_timestamp_seconds", "When a sink last took an event.")
    delivered = CounterMetricFamily(f"{_PREFIX}_sink_delivered", "Events that a sink took.", labels=["sink"])
    for name, sink in statistics.sinks.items():
        age = statistics.observed_at - sink.oldest_received_at if sink.oldest_received_at else timedelta()
        backlog.add_metric([name], sink.backlog)
        oldest.add_metric([name], max(age.total_seconds(), 0))
        serving.add_metric([name], float(sink.state is SinkState.RUNNING))
        dead.add_metric([name], sink.dead_letters)
        delivered.add_metric([name], sink.delivered)
        if sink.last_success_at:
            success.add_metric([name], sink.last_success_at.timestamp())
    yield from (backlog, oldest, serving, dead, success, delivered)


def _gauge(name: str, documentation: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}_sink_{name}", documentation, labels=["sink"])
