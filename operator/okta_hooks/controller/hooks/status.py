"""What an OktaEventHook is to say of itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.delivery import BackfillStatus
from okta_hooks.api.hook_status import (
    BoundOrg,
    Deliveries,
    EndpointState,
    JournalState,
    OktaEventHookStatus,
    OktaState,
    RepairsState,
    SecretState,
    SinkStatus,
)
from okta_hooks.api.system_log import FailuresState, SystemLogState
from okta_hooks.api.values import Condition
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.hooks.memory import LONG_AGO
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.conditions import conditions
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.evidence import Evidence
from okta_hooks.reconcile.observed import Reachability, Settled
from okta_hooks.reconcile.repairs import Repairs
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.system_log.chronicle import HookChronicle


@dataclass(frozen=True)
class Report:
    """What a reconcile found.

    Args:
        evidence: What conditions go by.
        applied: What Okta certainly has of ours.
        org: The organisation that the hook belongs to, once it was found.
        listed_at: When Okta was last asked for its hooks.
        deliveries: What the receiver was given, as far as it could be asked.
        polled: Events that were polled for, which no hook can deliver.
        backfill: How far the search for events has got that never came.
        journal: What is kept of it, as far as the receiver could be asked.
        sinks: How each sink does, as far as the dispatcher could be asked.
        repairs: What was repaired, as far as it is remembered.
        handled: The wish for which the user had a look last; empty where there was none.
    """

    evidence: Evidence
    applied: Applied
    org: BoundOrg | None = None
    listed_at: datetime | None = None
    deliveries: Deliveries | None = None
    polled: SystemLogState | None = None
    backfill: BackfillStatus | None = None
    journal: JournalState | None = None
    sinks: tuple[SinkStatus, ...] | None = None
    repairs: Repairs = field(default_factory=Repairs)
    handled: str = ""


def status(hook: HookObject, report: Report, now: datetime) -> OktaEventHookStatus:
    """The whole status; what was not found out this time stays as it was said last."""
    before, evidence = hook.status, report.evidence
    generation = hook.metadata.generation
    shown = evidence.synchronization.hook
    told = list(conditions(evidence, before.conditions, generation=generation, now=now))
    return OktaEventHookStatus(
        observed_generation=generation,
        conditions=told,
        org=report.org or before.org,
        hook_id=report.applied.hook_id or None,
        url=evidence.wanted.definition.uri,
        okta=_okta(shown) if shown is not None else before.okta,
        endpoint=_endpoint(evidence),
        secret=_secret(report.applied),
        synced_generation=generation if _is_synced(told) else before.synced_generation,
        repairs=_repairs(report.repairs) or before.repairs,
        deliveries=report.deliveries or before.deliveries,
        failures=_failures(evidence.log.told) if evidence.log.read_through_at is not None else before.failures,
        system_log=report.polled or before.system_log,
        backfill=report.backfill or before.backfill,
        journal=report.journal or before.journal,
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


def settled(before: OktaEventHookStatus, wanted: Desired, generation: int) -> Settled | None:
    """What a status says of the hook when Okta had all of this generation of the spec; None where it had not."""
    shown = before.okta
    if before.synced_generation != generation or shown is None or not before.hook_id:
        return None
    hook = Hook(before.hook_id, wanted.definition, shown.status, shown.verification_status, shown.last_updated)
    return Settled(wanted, hook, LONG_AGO)


def repairs(before: OktaEventHookStatus) -> Repairs:
    """What a status says of repairs."""
    told = before.repairs
    if told is None:
        return Repairs()
    last_at = datetime.fromisoformat(told.last_time) if told.last_time is not None else None
    return Repairs(told.count, told.in_a_row, told.last_message or "", last_at)


def reachability(before: OktaEventHookStatus) -> Reachability | None:
    """What a status says of our challenges. It is too old to go by, but tells a broken address from one never reached.

    An address that Okta trusts and that we never reached is told to be out of our reach, and not to fail: where it is
    told to fail, it was reached before.
    """
    known = next((each for each in before.conditions if each.type == ConditionType.ENDPOINT_REACHABLE), None)
    if known is None or before.url is None:
        return None
    since = datetime.fromisoformat(known.last_transition_time)
    expires = datetime.fromisoformat(before.endpoint.certificate_expires) if before.endpoint is not None else None
    if known.status == "True":
        return Reachability(before.url, LONG_AGO, reached_at=since, certificate_expires=expires)
    if known.status == "Unknown" and known.reason != Reason.NOT_REACHABLE_FROM_CLUSTER:
        return None
    problem = Reason(known.reason) if known.reason in set(Reason) else Reason.PENDING  # another version's word
    trusted = before.okta is not None and before.okta.verification_status == "VERIFIED"
    reached_at = since if trusted and known.status == "False" else None
    return Reachability(
        before.url,
        LONG_AGO,
        problem,
        known.message,
        failing_since=since,
        reached_at=reached_at,
        certificate_expires=expires,
    )


def _okta(hook: Hook) -> OktaState:
    return OktaState(
        status=hook.status,
        verification_status=hook.verification_status,
        display_name=hook.definition.name,
        last_updated=hook.last_updated,
    )


def _endpoint(evidence: Evidence) -> EndpointState | None:
    """Nothing is said of the certificate of another address than the present one."""
    last = evidence.reachability
    if last is None or last.uri != evidence.wanted.definition.uri or last.certificate_expires is None:
        return None
    return EndpointState(certificate_expires=timestamp(last.certificate_expires))


def _is_synced(told: Iterable[Condition]) -> bool:
    return any(each.type == ConditionType.SYNCED and each.status == "True" for each in told)


def _repairs(known: Repairs) -> RepairsState | None:
    if known.last_at is None:
        return None
    return RepairsState(
        count=known.count, in_a_row=known.in_a_row, last_message=known.last, last_time=timestamp(known.last_at)
    )


def _failures(told: HookChronicle) -> FailuresState | None:
    if not told.failures:
        return None
    last = timestamp(datetime.fromtimestamp(told.failed_at_ns // 10**9, UTC)) if told.failed_at_ns else None
    return FailuresState(count=told.failures, last_time=last, last_reason=told.reason or None)


def _secret(known: Applied) -> SecretState | None:
    if not known.secret or known.at is None:
        return None
    return SecretState(applied_hash=known.secret, applied_time=timestamp(known.at))
