"""For each alert what Prometheus has seen when it is to call, and when it is not; a value a minute, for two hours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """Two times of the same metrics.

    Args:
        alert: The alert.
        wrong: Series and values, in promtool's notation, that have lasted long enough.
        well: The same when nobody is to be called.
    """

    alert: str
    wrong: dict[str, str]
    well: dict[str, str]


_ZERO, _ONE, _STEADY, _GROWING = "0x120", "1x120", "5x120", "0+2x120"
_SINK = 'namespace="identity",hook="sign-ins",sink="siem"'
_POD = 'namespace="identity",hook="sign-ins"'
_LONG_BEFORE, _SOON = "2592000x120", "500000x120"  # seconds of Unix time, at which promtool's time begins with 0


def _condition(alert: str, condition: str, status: str, kind: str = "OktaEventHook") -> Case:
    """An alert that calls while a condition has a status."""
    series = (
        f'okta_hooks_condition{{kind="{kind}",namespace="identity",name="a",condition="{condition}",status="{status}"}}'
    )
    return Case(alert, {series: _ONE}, {series: _ZERO})


def _gauge(alert: str, metric: str, labels: str, wrong: str, well: str) -> Case:
    return Case(alert, {f"{metric}{{{labels}}}": wrong}, {f"{metric}{{{labels}}}": well})


def _counter(alert: str, metric: str, labels: str) -> Case:
    """An alert that calls while something is counted."""
    return _gauge(alert, metric, labels, _GROWING, _STEADY)


_NOT_READY = 'okta_hooks_condition{kind="OktaEventHook",namespace="identity",name="a",condition="Ready",status="True"}'
_BYTES = f"okta_hooks_receiver_journal_bytes{{{_POD}}}"
_LIMIT = f"okta_hooks_receiver_journal_limit_bytes{{{_POD}}}"
_RECONCILES = 'okta_hooks_reconciles_total{kind="OktaEventHook",outcome="%s"}'

CASES = (
    Case("OktaHookNotReady", {_NOT_READY: _ZERO}, {_NOT_READY: _ONE}),
    _condition("OktaHookStalled", "Stalled", "True"),
    _condition("OktaHookUnreachable", "EndpointReachable", "False"),
    _condition("OktaHookNotVerified", "Verified", "False"),
    _condition("OktaHookNotDelivering", "Delivering", "False"),
    _condition("OktaHookReceiverDown", "ReceiverReady", "False"),
    _gauge(
        "OktaHookCertificateExpiring",
        "okta_hooks_endpoint_certificate_expiry_timestamp_seconds",
        'namespace="identity",name="a"',
        _SOON,
        _LONG_BEFORE,
    ),
    _counter("OktaHookContested", "okta_hooks_repairs_total", 'namespace="identity",name="a",cause="HookDeactivated"'),
    _gauge("OktaReceiverJournalNotWritable", "okta_hooks_receiver_journal_writable", _POD, _ZERO, _ONE),
    Case(
        "OktaReceiverJournalFilling",
        {_BYTES: "90x120", _LIMIT: "100x120"},
        {_BYTES: "70x120", _LIMIT: "100x120"},
    ),
    _counter("OktaReceiverRefusesDeliveries", "okta_hooks_receiver_requests_total", f'{_POD},outcome="refused"'),
    _counter("OktaReceiverFails", "okta_hooks_receiver_requests_total", f'{_POD},outcome="journal_full"'),
    _counter("OktaEventsQuarantined", "okta_hooks_dispatcher_quarantined_total", f'{_POD},reason="differs"'),
    _gauge("OktaSinkNotServing", "okta_hooks_dispatcher_sink_serving", _SINK, _ZERO, _ONE),
    _gauge("OktaSinkBehind", "okta_hooks_dispatcher_sink_oldest_seconds", _SINK, "1000x120", "800x120"),
    _counter("OktaSinkDeadLetters", "okta_hooks_dispatcher_sink_dead_letters", _SINK),
    _gauge("OktaEventsDropped", "okta_hooks_dispatcher_sink_skipped_ranges", _SINK, _ONE, _ZERO),
    _gauge("OktaRouteWrong", "okta_hooks_dispatcher_route_wrong", f'{_POD},route="all"', _ONE, _ZERO),
    _condition("OktaOrgCredentialInvalid", "CredentialsValid", "False", "OktaOrg"),
    _condition("OktaOrgFull", "QuotaAvailable", "False", "ClusterOktaOrg"),
    _counter("OktaRateLimited", "okta_hooks_okta_calls_total", 'operation="list event hooks",outcome="RateLimited"'),
    _counter("OktaHooksOrphaned", "okta_hooks_orphaned_hooks_total", ""),
    Case("OktaHooksOperatorSilent", {"up": _ONE}, {_RECONCILES % "done": _GROWING}),
    Case(
        "OktaHooksReconcilesFail",
        {_RECONCILES % "failed": _GROWING, _RECONCILES % "done": "0+1x120"},
        {_RECONCILES % "failed": "0+1x120", _RECONCILES % "done": _GROWING},
    ),
)
