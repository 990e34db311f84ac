"""What a dispatcher has seen, for Prometheus: another view of its statistics, and how long events take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from okta_hooks.admin.dispatcher_statistics import CircuitState, DispatcherStatistics, SinkState
from okta_hooks.dispatch.latency import Latencies

_PREFIX = "okta_hooks_dispatcher"


def dispatcher_registry(
    latest: Callable[[], DispatcherStatistics], latencies: Callable[[], Mapping[str, Latencies]]
) -> CollectorRegistry:
    """A registry of this dispatcher's metrics and those of its process.

    Args:
        latest: What was seen last.
        latencies: How long live events of each sink took.
    """
    registry = CollectorRegistry()
    registry.register(_DispatcherCollector(latest, latencies))
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class _DispatcherCollector(Collector):
    def __init__(
        self, latest: Callable[[], DispatcherStatistics], latencies: Callable[[], Mapping[str, Latencies]]
    ) -> None:
        self._latest = latest
        self._latencies = latencies

    def collect(self) -> Iterable[Metric]:
        statistics = self._latest()
        yield from _events(statistics)
        yield from _sinks(statistics)
        yield from _left_out(statistics)
        yield from _routes(statistics)
        yield from _durations(self._latencies())


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


def _left_out(statistics: DispatcherStatistics) -> Iterable[Metric]:
    open_circuit = _gauge(
        "circuit_open", "1 while a sink is handed nothing, or one batch to see whether it still fails."
    )
    skipped = _gauge("skipped_ranges", "Ranges that a full journal has dropped before a sink had them.")
    early = _counter("early", "Events that were published before a sink's startAt.")
    unrouted = _counter("unrouted", "Events that no route to a sink took.")
    for name, sink in statistics.sinks.items():
        open_circuit.add_metric([name], float(sink.circuit is not CircuitState.CLOSED))
        skipped.add_metric([name], len(sink.skipped))
        early.add_metric([name], sink.early)
        unrouted.add_metric([name], sink.unrouted)
    yield from (open_circuit, skipped, early, unrouted)


def _routes(statistics: DispatcherStatistics) -> Iterable[Metric]:
    wrong = GaugeMetricFamily(f"{_PREFIX}_route_wrong", "1 while a route's when can't be used.", labels=["route"])
    failed = CounterMetricFamily(
        f"{_PREFIX}_route_failed", "Events that a route took because its when had no answer.", labels=["route"]
    )
    undecided = CounterMetricFamily(
        f"{_PREFIX}_route_undecided", "Events that a route did not look at because its when is wrong.", labels=["route"]
    )
    for name, route in statistics.routes.items():
        wrong.add_metric([name], float(route.trouble is not None))
        failed.add_metric([name], route.failed)
        undecided.add_metric([name], route.undecided)
    yield from (wrong, failed, undecided)


def _durations(latencies: Mapping[str, Latencies]) -> Iterable[Metric]:
    received = _histogram("published_to_received", "From an event's publication to its receipt.")
    acknowledged = _histogram("received_to_acknowledged", "From an event's receipt to the sink's acknowledgement.")
    whole = _histogram("published_to_acknowledged", "From an event's publication to the sink's acknowledgement.")
    for name, sink in latencies.items():
        for family, histogram in (
            (received, sink.published_to_received),
            (acknowledged, sink.received_to_acknowledged),
            (whole, sink.published_to_acknowledged),
        ):
            family.add_metric([name], histogram.cumulative, histogram.sum_seconds)
    yield from (received, acknowledged, whole)


def _histogram(name: str, documentation: str) -> HistogramMetricFamily:
    return HistogramMetricFamily(f"{_PREFIX}_sink_{name}_seconds", documentation, labels=["sink"])


def _counter(name: str, documentation: str) -> CounterMetricFamily:
    return CounterMetricFamily(f"{_PREFIX}_sink_{name}", documentation, labels=["sink"])


def _gauge(name: str, documentation: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{_PREFIX}_sink_{name}", documentation, labels=["sink"])
