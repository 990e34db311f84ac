"""What Prometheus is told."""

from __future__ import annotations

from datetime import UTC, datetime

from okta_hooks.admin.dispatcher_statistics import (
    CircuitState,
    DispatcherStatistics,
    RouteStatistics,
    SinkState,
    SinkStatistics,
)
from okta_hooks.dispatch.latency import Latencies
from okta_hooks.dispatch.metrics import dispatcher_registry

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
SIEM = SinkStatistics(
    state=SinkState.PAUSED,
    circuit=CircuitState.OPEN,
    backlog=7,
    delivered=3,
    dead_letters=1,
    last_success_at=NOON,
    early=2,
    unrouted=5,
)
SEEN = DispatcherStatistics(
    started_at=NOON,
    observed_at=NOON,
    unique={"hook": 3},
    quarantined={"differs": 1},
    sinks={"siem": SIEM},
    routes={"sign-ins": RouteStatistics(trouble="it is wrong", failed=4, undecided=6)},
)


def told(latencies: Latencies) -> dict[tuple[str, str], float]:
    """Each sample, by its name and the value of its last label."""
    registry = dispatcher_registry(lambda: SEEN, lambda: {"siem": latencies})
    return {
        (sample.name.removeprefix("okta_hooks_dispatcher_"), (list(sample.labels.values()) or [""])[-1]): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def test_counts_what_a_sink_got_and_did_not_get() -> None:
    samples = told(Latencies())
    assert samples["sink_delivered_total", "siem"] == 3
    assert samples["sink_dead_letters", "siem"] == 1
    assert samples["sink_early_total", "siem"] == 2
    assert samples["sink_unrouted_total", "siem"] == 5


def test_says_whether_a_sink_is_handed_anything() -> None:
    samples = told(Latencies())
    assert (samples["sink_serving", "siem"], samples["sink_circuit_open", "siem"]) == (0, 1)


def test_counts_what_routes_could_not_decide() -> None:
    samples = told(Latencies())
    assert samples["route_wrong", "sign-ins"] == 1
    assert samples["route_failed_total", "sign-ins"] == 4
    assert samples["route_undecided_total", "sign-ins"] == 6


def test_tells_how_long_events_took_from_okta_to_the_sink() -> None:
    latencies = Latencies()
    latencies.published_to_received.observe(300_000_000)
    latencies.received_to_acknowledged.observe(20_000_000)
    samples = told(latencies)
    assert samples["sink_published_to_received_seconds_bucket", "0.25"] == 0
    assert samples["sink_published_to_received_seconds_bucket", "0.5"] == 1
    assert samples["sink_received_to_acknowledged_seconds_sum", "siem"] == 0.02
    assert samples["sink_published_to_acknowledged_seconds_count", "siem"] == 0


def test_every_metric_is_explained_and_named_as_prometheus_wants_it() -> None:
    registry = dispatcher_registry(lambda: SEEN, lambda: {"siem": Latencies()})
    own = [family for family in registry.collect() if family.name.startswith("okta_hooks_dispatcher")]
    assert [family.name for family in own if not family.documentation.endswith(".")] == []
    assert [family.name for family in own if family.type == "histogram" and not family.name.endswith("_seconds")] == []
