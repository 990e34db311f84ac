"""What to do next about a hook in Okta. Pure: the same observation always gives the same step.

Never two hooks: a `Create` comes only out of a list that was asked for after it was decided that one is missing. The
first time none is found the step is `ListAgain`; whoever carries it out notes the time as
`Observed.decided_to_create_at`, lists, and plans again. After a `Create`, whatever came of it, the note is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from okta_hooks.api.conditions import Reason
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.comparison import differences
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.disturbance import held_off, is_secret_in_doubt
from okta_hooks.reconcile.finding import find
from okta_hooks.reconcile.observed import Observed
from okta_hooks.reconcile.ownership import MARK_HEADER
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.steps import (
    Activate,
    Create,
    Deactivate,
    Delete,
    ListAgain,
    Replace,
    Step,
    Verify,
    Wait,
)
from okta_hooks.reconcile.verification import plan_verification, watch_endpoint

_FOR_WRITERS = (ListAgain, Create, Replace, Activate, Deactivate, Verify, Delete)
"""Steps that lead nowhere with a credential that may read only."""


def plan(wanted: Desired, seen: Observed) -> Step:
    """The next step."""
    step = _next(wanted, seen)
    if isinstance(step, _FOR_WRITERS):
        return _denied(wanted, seen) or held_off(step, wanted, seen) or step
    return step


def _next(wanted: Desired, seen: Observed) -> Step:
    if wanted.suspended:
        return Wait(Problem(Reason.SUSPENDED, "Suspended: set suspend to false to go on."))
    if wanted.observe_only:
        return _observe(wanted, seen)
    found = find(wanted, seen)
    if found.problem is not None:
        return Wait(found.problem)
    if found.hook is None:
        return _create(wanted, seen)
    if found.spare:
        return _remove(found.spare[0])
    return _bring_into_line(wanted, seen, found.hook)


def shown_drift(wanted: Desired, hook: Hook) -> tuple[str, ...]:
    """In what Okta's hook visibly differs from its spec, by fields of the spec; the mark of ours is none of them."""
    unmarked = replace(wanted.definition, headers=_without_mark(wanted.definition.headers))
    shown = replace(hook.definition, headers=_without_mark(hook.definition.headers))
    state = () if wanted.active == (hook.status == "ACTIVE") else ("state",)
    return (*differences(unmarked, shown), *state)


def _without_mark(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != MARK_HEADER.lower()}


def _observe(wanted: Desired, seen: Observed) -> Step:
    found = find(replace(wanted, adopt=True), seen)  # looked at, not taken over
    if found.problem is not None:
        return Wait(found.problem)
    if found.hook is None:
        return Wait(Problem(Reason.NOT_FOUND, "Okta has no such hook, and managementPolicy Observe makes none."))
    fields = shown_drift(wanted, found.hook)
    return watch_endpoint(wanted, seen, found.hook, drift_detected(fields) if fields else None)


def _create(wanted: Desired, seen: Observed) -> Step:
    rejected = _rejected(wanted, seen)
    if rejected is not None:
        return rejected
    if seen.decided_to_create_at is None or seen.listing.at <= seen.decided_to_create_at:
        return ListAgain()
    return Create(wanted.definition, seen.secret)


def _bring_into_line(wanted: Desired, seen: Observed, hook: Hook) -> Step:
    if not wanted.active and hook.status == "ACTIVE":
        return Deactivate(hook.id)
    if seen.secret != seen.applied_secret or differences(wanted.definition, hook.definition):
        return _replace(wanted, seen, hook)
    if is_secret_in_doubt(wanted, seen, hook):
        return _rejected(wanted, seen) or Replace(hook.id, wanted.definition, seen.secret)
    if wanted.active and hook.status == "INACTIVE":
        return _rejected(wanted, seen) or Activate(hook.id)  # there may be no place for another active one
    return plan_verification(wanted, seen, hook)


def _replace(wanted: Desired, seen: Observed, hook: Hook) -> Step:
    rejected = _rejected(wanted, seen)
    if rejected is not None:
        return rejected
    if seen.secret == seen.applied_secret and _is_echo(wanted, seen, hook):
        return Wait(_kept_otherwise(differences(wanted.definition, hook.definition)))
    return Replace(hook.id, wanted.definition, seen.secret)


def _is_echo(wanted: Desired, seen: Observed, hook: Hook) -> bool:
    """Whether Okta shows what it made of this very definition: to send it again would not end."""
    echo = seen.echo
    return echo is not None and echo.given == wanted.definition and not differences(echo.shown, hook.definition)


def _rejected(wanted: Desired, seen: Observed) -> Wait | None:
    rejection = seen.rejection
    if rejection is None or rejection.definition != wanted.definition:
        return None
    until = rejection.problem.until
    if until is not None and until <= seen.now:
        return None
    return Wait(rejection.problem, until=until)


def _denied(wanted: Desired, seen: Observed) -> Wait | None:
    denial = seen.denial
    if denial is None or (denial.credential, denial.wanted) != (seen.credential, wanted):
        return None
    until = denial.problem.until
    if until is not None and until <= seen.now:
        return None
    return Wait(denial.problem, until=until)


def _remove(hook: Hook) -> Step:
    return Deactivate(hook.id) if hook.status == "ACTIVE" else Delete(hook.id)


def drift_detected(fields: tuple[str, ...]) -> Problem:
    """What is said of a difference that is not put right."""
    return Problem(
        Reason.DRIFT_DETECTED,
        f"The hook in Okta differs from the spec in {', '.join(fields)}. Change either, or set managementPolicy: Manage"
        " to let the operator put Okta right.",
        for_people=True,
    )


def _kept_otherwise(fields: tuple[str, ...]) -> Problem:
    if fields == ("filters",):
        return Problem(
            Reason.FILTERS_UNAVAILABLE,
            "Okta took the hook without its filters. Enable event hook filters in the organization (Settings >"
            " Features), or remove filters from the spec.",
            for_people=True,
        )
    return Problem(
        Reason.DRIFT_DETECTED,
        f"Okta was given the spec and shows {', '.join(fields)} otherwise. Write these fields as Okta shows them.",
        for_people=True,
    )
