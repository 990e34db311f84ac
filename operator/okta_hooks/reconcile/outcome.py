"""What a round found out about the hook in Okta, for the conditions."""

from __future__ import annotations

from dataclasses import replace

from okta_hooks.api.conditions import Reason
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.event_types import unknown
from okta_hooks.reconcile.evidence import Synchronization
from okta_hooks.reconcile.finding import find
from okta_hooks.reconcile.observed import Observed
from okta_hooks.reconcile.plan import shown_drift
from okta_hooks.reconcile.problem import Problem

_ABOUT_VERIFICATION = {Reason.AWAITING_ENDPOINT, Reason.CHALLENGE_FAILED}


def synchronization(wanted: Desired, seen: Observed, problem: Problem | None) -> Synchronization:
    """How far Okta is what the spec says, at the end of a round.

    Args:
        wanted: What is desired.
        seen: What was observed last.
        problem: What the plan waits for, or what Okta said to the last step (`refusals.explain`); None for neither.
    """
    found = find(replace(wanted, adopt=True) if wanted.observe_only else wanted, seen).hook
    drift = shown_drift(wanted, found) if found is not None else ()
    if seen.secret != seen.applied_secret and not wanted.observe_only:
        drift = (*drift, "auth")
    return Synchronization(
        hook=found,
        drift=drift,
        problem=_about_the_definition(problem),
        unknown_types=unknown(wanted.definition.event_types),
        listed=True,
    )


def _about_the_definition(problem: Problem | None) -> Problem | None:
    """A problem, unless it is another condition's."""
    return None if problem is None or problem.reason in _ABOUT_VERIFICATION else problem
