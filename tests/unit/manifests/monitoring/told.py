"""The metrics that exist: what receivers, dispatchers and operators tell when everything has happened once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics, RouteStatistics, SinkState, SinkStatistics
from okta_hooks.api.values import Condition
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.dispatch.latency import Latencies
from okta_hooks.dispatch.metrics import dispatcher_registry
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import HOOK
from okta_hooks.receiver.accepted import AcceptedSecrets
from okta_hooks.receiver.metrics import receiver_registry
from okta_hooks.receiver.tally import Tally
from unit.okta_hooks.receiver.served import HeldJournal

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
OF_PODS = frozenset({"namespace", "pod", "container", "hook"})
"""Labels that manifests/monitoring/targets.yaml adds to what receivers and dispatchers tell."""


def metrics() -> Mapping[str, frozenset[str]]:
    """The names of all samples, and which labels each has."""
    return {
        sample.name: frozenset(sample.labels) | added
        for registry, added in ((_operator(), frozenset[str]()), (_dispatcher(), OF_PODS), (_receiver(), OF_PODS))
        for family in registry.collect()
        for sample in family.samples
    }


def _operator() -> CollectorRegistry:
    told, work = Metrics(), WorkKey(HOOK, ObjectKey("identity", "sign-ins"))
    ready = Condition(
        type="Ready",
        status="True",
        observed_generation=1,
        last_transition_time="2026-01-31T12:00:00Z",
        reason="Ready",
        message="It is.",
    )
    told.reconciled(work, "done", 1.0)
    told.counted("list event hooks", "Ok")
    told.remaining("https://example.okta.com", {"/api/v1/eventHooks": 100})
    told.repaired(work, "HookDeleted")
    told.certificate(work, NOON)
    told.show(work, [ready])
    return told.registry


def _dispatcher() -> CollectorRegistry:
    sink = SinkStatistics(state=SinkState.RUNNING, backlog=0, delivered=1, dead_letters=0, last_success_at=NOON)
    seen = DispatcherStatistics(
        started_at=NOON,
        observed_at=NOON,
        unique={"hook": 1},
        quarantined={"differs": 1},
        sinks={"siem": sink},
        routes={"all": RouteStatistics()},
    )
    return dispatcher_registry(lambda: seen, lambda: {"siem": Latencies()})


def _receiver() -> CollectorRegistry:
    return receiver_registry(Tally(), accepted=AcceptedSecrets(), journal=HeldJournal(), connections=lambda: 0)
