"""What the operator counts, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from okta_hooks.api.values import Condition
from okta_hooks.controller.work_key import WorkKey

_STATUSES = ("True", "False", "Unknown")
_DURATIONS = (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120)  # seconds


class Metrics:
    """The operator's metrics, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._reconciles = Counter(
            "okta_hooks_reconciles", "Reconciles that have ended.", ("kind", "outcome"), registry=self.registry
        )
        self._duration = Histogram(
            "okta_hooks_reconcile_seconds", "How long they took.", ("kind",), buckets=_DURATIONS, registry=self.registry
        )
        self._calls = Counter(
            "okta_hooks_okta_calls", "Calls to Okta that have ended.", ("operation", "outcome"), registry=self.registry
        )
        self._remaining = Gauge(
            "okta_hooks_okta_rate_limit_remaining",
            "Requests left in a rate limit, as Okta told last.",
            ("url", "limit"),
            registry=self.registry,
        )
        self._conditions = Gauge(
            "okta_hooks_condition",
            "1 for the status that a condition has.",
            ("kind", "namespace", "name", "condition", "status"),
            registry=self.registry,
        )
        self._orphans = Counter(
            "okta_hooks_orphaned_hooks",
            "Hooks that were left behind in Okta when their object was deleted.",
            registry=self.registry,
        )
        self._repairs = Counter(
            "okta_hooks_repairs",
            "Changes of hooks that somebody else made in Okta, and that were put right.",
            ("namespace", "name", "cause"),
            registry=self.registry,
        )
        self._certificates = Gauge(
            "okta_hooks_endpoint_certificate_expiry_timestamp_seconds",
            "When the certificate of a hook's public address ends, in seconds of Unix time.",
            ("namespace", "name"),
            registry=self.registry,
        )
        self._dated: set[WorkKey] = set()
        self._shown: dict[WorkKey, frozenset[str]] = {}

    def reconciled(self, work: WorkKey, outcome: str, seconds: float) -> None:
        """A reconcile has ended."""
        self._reconciles.labels(work.resource.kind, outcome).inc()
        self._duration.labels(work.resource.kind).observe(seconds)

    def counted(self, operation: str, outcome: str) -> None:
        """A call to Okta has ended."""
        self._calls.labels(operation, outcome).inc()

    def remaining(self, url: str, limits: Mapping[str, int]) -> None:
        """What remains of an organisation's limits."""
        for limit, remaining in limits.items():
            self._remaining.labels(url, limit).set(remaining)

    def orphaned(self, hooks: int) -> None:
        """Hooks were left behind."""
        self._orphans.inc(hooks)

    def repaired(self, work: WorkKey, cause: str) -> None:
        """What somebody else had done to a hook was put right."""
        self._repairs.labels(work.key.namespace, work.key.name, cause).inc()

    def certificate(self, work: WorkKey, expires: datetime | None) -> None:
        """When the certificate of a hook's address ends; None where that is not known."""
        labels = work.key.namespace, work.key.name
        if expires is not None:
            self._dated.add(work)
            self._certificates.labels(*labels).set(expires.timestamp())
        elif work in self._dated:
            self._dated.remove(work)
            self._certificates.remove(*labels)

    def show(self, work: WorkKey, conditions: Iterable[Condition]) -> None:
        """The conditions that an object has now."""
        now = {condition.type: condition.status for condition in conditions}
        for gone in self._shown.get(work, frozenset()) - now.keys():
            self._remove(work, gone)
        for condition, current in now.items():
            for status in _STATUSES:
                self._gauge(work, condition, status).set(status == current)
        self._shown[work] = frozenset(now)

    def forget(self, work: WorkKey) -> None:
        """The object is gone."""
        self.certificate(work, None)
        self._repairs.remove_by_labels({"namespace": work.key.namespace, "name": work.key.name})
        for condition in self._shown.pop(work, frozenset()):
            self._remove(work, condition)

    def _gauge(self, work: WorkKey, condition: str, status: str) -> Gauge:
        return self._conditions.labels(*_labels(work, condition, status))

    def _remove(self, work: WorkKey, condition: str) -> None:
        for status in _STATUSES:
            self._conditions.remove(*_labels(work, condition, status))


def _labels(work: WorkKey, condition: str, status: str) -> tuple[str, ...]:
    return work.resource.kind, work.key.namespace, work.key.name, condition, status
