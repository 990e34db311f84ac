"""What a receiver has seen, for Prometheus: read from the tally when somebody asks, so that requests pay nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from okta_hooks.journal import Appender
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.tally import Tally

_PREFIX = "okta_hooks_receiver"


def receiver_registry(
    tally: Tally, *, accepted: AcceptedSecrets, journal: Appender, connections: Callable[[], int]
) -> CollectorRegistry:
    """A registry of this receiver's metrics and those of its process."""
    registry = CollectorRegistry()
    registry.register(_ReceiverCollector(tally, accepted, journal, connections))
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class _ReceiverCollector(Collector):
    def __init__(
        self, tally: Tally, accepted: AcceptedSecrets, journal: Appender, connections: Callable[[], int]
    ) -> None:
        self._tally = tally
        self._accepted = accepted
        self._journal = journal
        self._connections = connections

    def collect(self) -> Iterable[Metric]:
        yield from self._requests()
        yield from self._events()
        yield from self._secrets()
        yield from self._journal_state()

    def _requests(self) -> Iterable[Metric]:
        tally = self._tally
        requests = CounterMetricFamily(f"{_PREFIX}_requests", "Requests to the port for Okta.", labels=["outcome"])
        for outcome, count in tally.outcomes.items():
            requests.add_metric([outcome], count.number)
        yield requests
        yield tally.answer_seconds.family(f"{_PREFIX}_delivery_seconds", "Time from headers to answer of deliveries.")
        yield GaugeMetricFamily(f"{_PREFIX}_connections", "Open connections for Okta.", value=self._connections())
        yield CounterMetricFamily(
            f"{_PREFIX}_connections_refused", "Connections above the limit.", value=tally.refused_connections
        )

    def _events(self) -> Iterable[Metric]:
        tally = self._tally
        events = CounterMetricFamily(f"{_PREFIX}_events", "Records kept, by the way they came.", labels=["path"])
        for path, count in tally.events.items():
            events.add_metric([path], count.number)
        yield events
        yield CounterMetricFamily(
            f"{_PREFIX}_quarantined", "Records kept without a uuid, being unreadable.", value=tally.quarantined.number
        )
        yield CounterMetricFamily(f"{_PREFIX}_event_bytes", "Bytes of records kept.", value=tally.event_bytes)

    def _secrets(self) -> Iterable[Metric]:
        secrets = self._accepted.secrets or ()
        yield GaugeMetricFamily(
            f"{_PREFIX}_accepted_secrets",
            "Secrets that are accepted; two during a rotation.",
            value=sum(secret is not None for secret in secrets),
        )
        yield CounterMetricFamily(
            f"{_PREFIX}_secret_generations", "How often other secrets were read.", value=self._accepted.changes
        )
        yield GaugeMetricFamily(
            f"{_PREFIX}_rotation_pending",
            "1 while no request carried the current secret yet.",
            value=float(self._accepted.rotation_pending),
        )

    def _journal_state(self) -> Iterable[Metric]:
        usage = self._journal.usage()
        yield GaugeMetricFamily(f"{_PREFIX}_journal_bytes", "Bytes of the journal's files.", value=usage.used_bytes)
        yield GaugeMetricFamily(f"{_PREFIX}_journal_limit_bytes", "Bytes they may have.", value=usage.limit_bytes)
        yield GaugeMetricFamily(
            f"{_PREFIX}_journal_writable", "1 while a record would be kept.", value=float(usage.refusal is None)
        )
        yield self._tally.sync_seconds.family(
            f"{_PREFIX}_journal_sync_seconds",
            "Time of each sync. Events divided by the count of this is the mean size of a group.",
        )
