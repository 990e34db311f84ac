"""The end of a hook: by its policy, with Okta and without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_hooks.api.conditions import Reason
from okta_hooks.reconcile.deletion import Ending, plan_deletion, plan_deletion_without_okta
from okta_hooks.reconcile.observed import Listing
from okta_hooks.reconcile.ownership import MARK_HEADER
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.steps import Deactivate, Delete, ListAgain, Release, Wait
from unit.okta_hooks.reconcile.okta_model import ME, NOW, WANTED, hook, seen

HOUR = timedelta(hours=1)
ENDING = Ending(
    asked_at=NOW - timedelta(minutes=2), noticed_at=NOW - timedelta(minutes=1), give_up_after=HOUR, hook_id="who1"
)
DOWN = Problem(Reason.OKTA_UNAVAILABLE, "down")


def test_an_active_hook_is_deactivated_first() -> None:
    assert plan_deletion(WANTED, ENDING, seen(hook())) == Deactivate("who1")


def test_an_inactive_one_is_deleted() -> None:
    assert plan_deletion(WANTED, ENDING, seen(hook(status="INACTIVE"))) == Delete("who1")


def test_without_a_hook_there_is_nothing_to_wait_for() -> None:
    assert plan_deletion(WANTED, ENDING, seen()) == Release()


def test_a_list_from_before_may_miss_a_hook_that_was_just_made() -> None:
    assert plan_deletion(WANTED, ENDING, seen(listing=Listing((), ENDING.noticed_at))) == ListAgain()


def test_deactivating_leaves_the_hook() -> None:
    wanted = replace(WANTED, on_deletion="Deactivate")
    assert plan_deletion(wanted, ENDING, seen(hook())) == Deactivate("who1")
    assert plan_deletion(wanted, ENDING, seen(hook(status="INACTIVE"))) == Release()


def test_an_orphan_is_left_as_it_is() -> None:
    assert plan_deletion(replace(WANTED, on_deletion="Orphan"), ENDING, seen(hook())) == Release()


def test_what_was_only_observed_stays() -> None:
    assert plan_deletion(replace(WANTED, observe_only=True), ENDING, seen(hook(), bound_id="who1")) == Release()


def test_what_was_never_taken_over_stays() -> None:
    assert plan_deletion(replace(WANTED, adopt=True), ENDING, seen(hook(headers={}), applied_secret="")) == Release()


def test_what_an_earlier_life_left_and_this_one_never_took_stays() -> None:
    earlier = {MARK_HEADER: replace(ME, uid="uid-0").mark}
    assert plan_deletion(WANTED, ENDING, seen(hook(headers=earlier))) == Release()


class TestWithoutOkta:
    def test_it_is_waited_for(self) -> None:
        step = plan_deletion_without_okta(WANTED, ENDING, DOWN, NOW)
        assert isinstance(step, Wait)
        assert step.until is not None
        assert NOW < step.until <= ENDING.asked_at + HOUR

    def test_and_given_up_with_the_orphan_told(self) -> None:
        assert plan_deletion_without_okta(WANTED, ENDING, DOWN, ENDING.asked_at + HOUR) == Release(("who1",))

    def test_without_a_credential_at_once(self) -> None:
        ending = replace(ENDING, credential=False)
        assert plan_deletion_without_okta(WANTED, ending, DOWN, NOW) == Release(("who1",))

    @pytest.mark.parametrize("policy", ["Orphan"])
    def test_an_orphan_needs_no_okta(self, policy: str) -> None:
        wanted = replace(WANTED, on_deletion=policy)  # type: ignore[arg-type]  # one of the policies
        assert plan_deletion_without_okta(wanted, ENDING, DOWN, NOW) == Release()
