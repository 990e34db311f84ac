"""What an OktaOrg or ClusterOktaOrg is to say of itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.okta_org import OktaOrgStatus, Quota
from okta_hooks.api.values import Condition
from okta_hooks.okta.port import Hook
from okta_hooks.okta.service_app import NEEDED_SCOPES
from okta_hooks.reconcile.ownership import owner_of
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.timestamps import timestamp
from okta_hooks.reconcile.verdict import Verdict, because_of, good, unclear

ACTIVE_HOOKS_ALLOWED = 25
"""Active event hooks that Okta allows in one organisation (its documentation of event hooks)."""

_CREDENTIAL = {Reason.CREDENTIALS_REJECTED, Reason.SECRET_MISSING, Reason.ORG_NOT_READY}


@dataclass(frozen=True)
class OrgReport:
    """What was seen of an organisation.

    Args:
        hooks: Its hooks; None where it could not be asked.
        installation: Whose mark makes a hook one of ours.
        problem: Why it could not be asked.
        asked_at: When it answered last.
        remaining: Requests left in each rate limit.
        missing_scopes: Scopes that the service app asks for and was not granted.
        orphans: Hooks that were left behind there.
        handled: The wish for which the user had a look last; empty where there was none.
    """

    hooks: tuple[Hook, ...] | None
    installation: str
    problem: Problem | None = None
    asked_at: datetime | None = None
    remaining: Mapping[str, int] = field(default_factory=dict)
    missing_scopes: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    handled: str = ""


def status(before: OktaOrgStatus, report: OrgReport, *, generation: int, now: datetime) -> OktaOrgStatus:
    """The whole status; what was not found out this time stays as it was said last."""
    verdicts = _judge(report)
    hooks = report.hooks
    return OktaOrgStatus(
        observed_generation=generation,
        conditions=[
            _condition(kind, verdict, before.conditions, generation=generation, now=now)
            for kind, verdict in verdicts.items()
        ],
        active_hooks=_quota(hooks) if hooks is not None else before.active_hooks,
        unmanaged_hooks=_unmanaged(hooks, report.installation) if hooks is not None else before.unmanaged_hooks,
        rate_limit_remaining=dict(report.remaining) or before.rate_limit_remaining,
        handled_reconcile_at=report.handled or before.handled_reconcile_at,
        last_contact_time=timestamp(report.asked_at) if report.asked_at is not None else before.last_contact_time,
        orphaned_hooks=list(report.orphans) or None,
    )


def says_something_new(before: OktaOrgStatus, after: OktaOrgStatus) -> bool:
    """Whether a status is worth writing: not for what changes with every call."""
    passing = {"rate_limit_remaining": None, "last_contact_time": None}
    return before.model_copy(update=passing) != after.model_copy(update=passing)


def _judge(report: OrgReport) -> dict[ConditionType, Verdict]:
    verdicts = {
        ConditionType.CREDENTIALS_VALID: _credentials(report),
        ConditionType.PERMISSIONS_GRANTED: _permissions(report),
        ConditionType.QUOTA_AVAILABLE: _quota_available(report),
    }
    return {**verdicts, ConditionType.READY: _ready(report, verdicts)}


def _credentials(report: OrgReport) -> Verdict:
    problem = report.problem
    if problem is None or problem.reason is Reason.PERMISSION_MISSING:
        return good(Reason.VALID, "Okta accepts the credential.")
    return because_of(problem) if problem.reason in _CREDENTIAL else unclear(problem.reason, problem.message)


def _permissions(report: OrgReport) -> Verdict:
    problem = report.problem
    if report.missing_scopes:
        harmless = "" if set(report.missing_scopes) & set(NEEDED_SCOPES) else " Hooks work without it."
        return Verdict(
            "False",
            Reason.PERMISSION_MISSING,
            f"Okta does not grant the service app {', '.join(report.missing_scopes)}: grant it in the app's Okta API"
            f" Scopes, or leave it out of auth.oauth.scopes where it is not needed.{harmless}",
        )
    if problem is None:
        return good(Reason.GRANTED, "The credential may read event hooks.")
    if problem.reason is Reason.PERMISSION_MISSING:
        return because_of(problem)
    return unclear(problem.reason, problem.message)


def _quota_available(report: OrgReport) -> Verdict:
    if report.hooks is None:
        return unclear(Reason.PENDING, "Okta could not be asked: see Ready.")
    active = _quota(report.hooks).used
    if active < ACTIVE_HOOKS_ALLOWED:
        return good(Reason.AVAILABLE, f"There is room below the {ACTIVE_HOOKS_ALLOWED} active event hooks of Okta.")
    return Verdict(
        "False",
        Reason.QUOTA_EXCEEDED,
        f"All {ACTIVE_HOOKS_ALLOWED} active event hooks that Okta allows are used: delete or deactivate one before"
        " making another.",
    )


def _ready(report: OrgReport, verdicts: Mapping[ConditionType, Verdict]) -> Verdict:
    """Hooks that exist work on when there is no room for more, and without scopes that they do not use."""
    if report.problem is not None:
        return because_of(report.problem)
    if set(report.missing_scopes) & set(NEEDED_SCOPES):
        return verdicts[ConditionType.PERMISSIONS_GRANTED]
    return good(Reason.READY, verdicts[ConditionType.CREDENTIALS_VALID].message)


def _condition(
    kind: ConditionType, verdict: Verdict, before: Sequence[Condition], *, generation: int, now: datetime
) -> Condition:
    known = next((each for each in before if each.type == kind), None)
    same = known is not None and known.status == verdict.status
    return Condition(
        type=kind,
        status=verdict.status,
        observed_generation=generation,
        last_transition_time=known.last_transition_time if known is not None and same else timestamp(now),
        reason=verdict.reason,
        message=verdict.message,
    )


def _quota(hooks: tuple[Hook, ...]) -> Quota:
    return Quota(used=sum(hook.status == "ACTIVE" for hook in hooks), limit=ACTIVE_HOOKS_ALLOWED)


def _unmanaged(hooks: tuple[Hook, ...], installation: str) -> int:
    owners = [owner_of(hook.definition.headers) for hook in hooks]
    return sum(owner is None or owner.installation != installation for owner in owners)
