"""What an OktaEventHook is to say of itself. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.hook_status import BoundOrg, Deliveries, OktaEventHookStatus, OktaState, SecretState, SinkStatus
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.hooks.memory import LONG_AGO
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.conditions import conditions
from okta_hooks.reconcile.evidence import Evidence
from okta_hooks.reconcile.observed import Reachability
from okta_hooks.reconcile.timestamps import timestamp


@dataclass(frozen=True)
class Report:
    """What a reconcile found.

    Args:
        evidence: What conditions go by.
        applied: What Okta certainly has of ours.
        org: The organisation that the hook belongs to, once it was found.
        listed_at: When Okta was last asked for its hooks.
        deliveries: What the receiver was given, as far as it could be asked.
        sinks: How each sink does, as far as the dispatcher could be asked.
        handled: The wish for which the user had a look last; empty where there was none.
    """

    evidence: Evidence
    applied: Applied
    org: BoundOrg | None = None
    listed_at: datetime | None = None
    deliveries: Deliveries | None = None
    sinks: tuple[SinkStatus, ...] | None = None
    handled: str = ""


def status(hook: HookObject, report: Report, now: datetime) -> OktaEventHookStatus:
    """The whole status; what was not found out this time stays as it was said last."""
    before, evidence = hook.status, report.evidence
    generation = hook.metadata.generation
    shown = evidence.synchronization.hook
    return OktaEventHookStatus(
        observed_generation=generation,
        conditions=list(conditions(evidence, before.conditions, generation=generation, now=now)),
        org=report.org or before.org,
        hook_id=report.applied.hook_id or None,
        url=evidence.wanted.definition.uri,
        okta=_okta(shown) if shown is not None else before.okta,
        secret=_secret(report.applied),
        deliveries=report.deliveries or before.deliveries,
        sinks=list(report.sinks) if report.sinks is not None else before.sinks,
        handled_reconcile_at=report.handled or before.handled_reconcile_at,
        last_sync_time=timestamp(report.listed_at) if report.listed_at is not None else before.last_sync_time,
    )


def applied(before: OktaEventHookStatus) -> Applied:
    """What a status says that Okta has."""
    secret = before.secret
    return Applied(
        hook_id=before.hook_id or "",
        secret=secret.applied_hash if secret is not None else "",
        at=datetime.fromisoformat(secret.applied_time) if secret is not None else None,
    )


def reachability(before: OktaEventHookStatus) -> Reachability | None:
    """What a status says of our challenges. It is too old to go by, but tells a broken address from one never reached.

    An address that Okta trusts and that we never reached is told to be out of our reach, and not to fail: where it is
    told to fail, it was reached before.
    """
    known = next((each for each in before.conditions if each.type == ConditionType.ENDPOINT_REACHABLE), None)
    if known is None or before.url is None:
        return None
    since = datetime.fromisoformat(known.last_transition_time)
    if known.status == "True":
        return Reachability(before.url, LONG_AGO, reached_at=since)
    if known.status == "Unknown" and known.reason != Reason.NOT_REACHABLE_FROM_CLUSTER:
        return None
    problem = Reason(known.reason) if known.reason in set(Reason) else Reason.PENDING  # another version's word
    trusted = before.okta is not None and before.okta.verification_status == "VERIFIED"
    reached_at = since if trusted and known.status == "False" else None
    return Reachability(before.url, LONG_AGO, problem, known.message, failing_since=since, reached_at=reached_at)


def _okta(hook: Hook) -> OktaState:
    return OktaState(
        status=hook.status,
        verification_status=hook.verification_status,
        display_name=hook.definition.name,
        last_updated=hook.last_updated,
    )


def _secret(known: Applied) -> SecretState | None:
    if not known.secret or known.at is None:
        return None
    return SecretState(applied_hash=known.secret, applied_time=timestamp(known.at))
