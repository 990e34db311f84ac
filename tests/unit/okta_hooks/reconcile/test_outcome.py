"""What a round says about Synced: the hook, its drift, and the problem, if it is about the definition."""

from __future__ import annotations

from dataclasses import replace

from okta_hooks.api.conditions import Reason
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.evidence import Synchronization
from okta_hooks.reconcile.observed import Observed
from okta_hooks.reconcile.outcome import synchronization
from okta_hooks.reconcile.plan import plan
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.steps import Wait
from unit.okta_hooks.reconcile.okta_model import DEFINITION, WANTED, hook, seen

DOWN = Problem(Reason.OKTA_UNAVAILABLE, "down")


def _after(observation: Observed, failure: Problem | None = None) -> Synchronization:
    return synchronization(WANTED, observation, failure or waited_for(WANTED, observation))


def waited_for(wanted: Desired, observation: Observed) -> Problem | None:
    """What the plan waits for."""
    step = plan(wanted, observation)
    return step.problem if isinstance(step, Wait) else None


def test_a_hook_as_it_is_to_be_has_neither_drift_nor_problem() -> None:
    assert _after(seen(hook())) == Synchronization(hook(), listed=True)


def test_what_is_being_put_right_is_named() -> None:
    assert _after(seen(hook(description="old"), secret="new")).drift == ("description", "auth")


def test_a_failure_of_okta_is_the_problem() -> None:
    assert _after(seen(hook()), DOWN).problem == DOWN


def test_a_name_that_is_taken_is_the_problem() -> None:
    problem = _after(seen(hook(headers={}), applied_secret="")).problem
    assert problem is not None
    assert problem.reason == Reason.NAME_TAKEN


def test_waiting_for_the_endpoint_is_another_conditions_problem() -> None:
    observation = seen(hook(verification_status="UNVERIFIED"), receiver_ready=False)
    assert _after(observation).problem is None


def test_types_that_this_version_does_not_know_are_named() -> None:
    wanted = replace(WANTED, definition=replace(DEFINITION, event_types=frozenset({"a.new.type"})))
    assert synchronization(wanted, seen(), None).unknown_types == ("a.new.type",)


def test_an_observed_hook_is_shown_though_it_is_not_ours() -> None:
    wanted = replace(WANTED, observe_only=True)
    observation = seen(hook(headers={}, description="theirs"), applied_secret="")
    assert synchronization(wanted, observation, waited_for(wanted, observation)).drift == ("description",)
