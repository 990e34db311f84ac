"""What an operator that has just started takes from a status about the endpoint."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from okta_hooks.api.conditions import ConditionType, Reason
from okta_hooks.api.hook_status import OktaEventHookStatus, OktaState
from okta_hooks.api.values import Condition
from okta_hooks.controller.hooks.status import reachability
from okta_hooks.reconcile.conditions import conditions
from okta_hooks.reconcile.evidence import Delivery, Evidence, Receivers, Synchronization
from okta_hooks.reconcile.observed import Reachability
from unit.okta_hooks.reconcile.okta_model import NOW, REACHED, URI, WANTED, hook

FINE = Evidence(WANTED, Synchronization(hook()), Receivers(1, 1), REACHED, delivery=Delivery(NOW), sinks=())
REFUSED = Reachability(URI, NOW, Reason.CONNECTION_REFUSED, "Nobody listens.", failing_since=NOW)
BROKEN = replace(FINE, reachability=replace(REFUSED, reached_at=NOW - timedelta(minutes=5)))
OUT_OF_REACH = replace(FINE, reachability=REFUSED)


def status(seen: Evidence) -> OktaEventHookStatus:
    """What an operator has written, before it was started again."""
    okta = OktaState(status="ACTIVE", verification_status="VERIFIED", display_name="sign-ins", last_updated="")
    return OktaEventHookStatus(url=URI, okta=okta, conditions=list(conditions(seen, (), generation=1, now=NOW)))


def said_next(seen: Evidence) -> tuple[str, str]:
    """What is said after a restart, when the endpoint has refused again."""
    known, now = reachability(status(seen)) or Reachability(URI, NOW), NOW + timedelta(minutes=1)
    again = replace(
        known, at=now, problem=Reason.CONNECTION_REFUSED, failing_since=known.failing_since or now, detail="Refused."
    )
    told = conditions(replace(FINE, reachability=again), (), generation=1, now=now)
    return next((each.status, each.reason) for each in told if each.type == ConditionType.ENDPOINT_REACHABLE)


def test_an_address_that_was_reached_and_fails_is_still_called_broken() -> None:
    assert said_next(BROKEN) == ("False", "ConnectionRefused")


def test_an_address_that_was_reached_until_the_restart_is_called_broken_when_it_fails() -> None:
    assert said_next(FINE) == ("False", "ConnectionRefused")


def test_an_address_that_was_out_of_our_reach_still_is() -> None:
    assert said_next(OUT_OF_REACH) == ("Unknown", "NotReachableFromCluster")


def test_it_is_known_since_when_it_fails() -> None:
    known = reachability(status(BROKEN))
    assert known is not None
    assert known.failing_since == NOW


def test_it_is_too_old_to_be_told_as_it_is() -> None:
    known = reachability(status(FINE))
    told = conditions(replace(FINE, reachability=known), (), generation=1, now=NOW)
    endpoint = next(each for each in told if each.type == ConditionType.ENDPOINT_REACHABLE)
    assert (endpoint.status, endpoint.reason) == ("Unknown", "Pending")


def test_of_an_address_that_was_not_called_nothing_is_known() -> None:
    assert reachability(status(replace(FINE, reachability=None))) is None


def test_a_word_of_another_version_is_no_obstacle() -> None:
    assert reachability(OktaEventHookStatus(url=URI, conditions=[condition("False", "Elsewhere")])) is not None


def condition(holds: Literal["True", "False", "Unknown"], reason: str) -> Condition:
    return Condition(
        type=ConditionType.ENDPOINT_REACHABLE,
        status=holds,
        observed_generation=1,
        last_transition_time="2026-11-01T12:00:00Z",
        reason=reason,
        message="",
    )
