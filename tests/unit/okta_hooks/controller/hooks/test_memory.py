"""What is remembered of a reconcile that Kubernetes, or the end of its time, has cut."""

from __future__ import annotations

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.wishes import Wishes
from okta_hooks.reconcile.observed import Echo, Rejection, Verifications
from okta_hooks.reconcile.problem import Problem
from unit.okta_hooks.controller.given import START, definition

FULL = Memory(
    verifications=Verifications(3, START),
    decided_to_create_at=START,
    echo=Echo(definition(), definition()),
    rejection=Rejection(definition(), Problem(Reason.REFUSED, "Okta refuses the hook.")),
    failures=2,
    wishes=Wishes("tuesday", START),
)


def test_what_okta_refused_and_how_long_is_waited_stays() -> None:
    kept = FULL.if_cut("monday")
    assert (kept.rejection, kept.verifications, kept.failures) == (FULL.rejection, FULL.verifications, FULL.failures)


def test_what_was_under_way_in_okta_is_found_out_again() -> None:
    kept = FULL.if_cut("monday")
    assert (kept.echo, kept.decided_to_create_at) == (None, None)


def test_a_look_that_was_cut_is_had_again_after_the_gap() -> None:
    assert FULL.if_cut("monday").wishes == Wishes("monday", START)
