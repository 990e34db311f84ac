"""What a shared sink says of itself."""

from __future__ import annotations

from datetime import UTC, datetime

from okta_hooks.api.conditions import Reason
from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.api.sinks.okta_event_sink import OktaEventSinkStatus
from okta_hooks.controller.sinks.status import status, without_numbers
from okta_hooks.controller.sinks.users import User
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.reconcile.problem import Problem

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EARLY, LATE = "2026-11-23T11:00:00Z", "2026-11-23T11:30:00Z"
FINE = SinkStatus(name="siem", state="Running", backlog=2, dead_letters=1, oldest_event_time=LATE)
PAUSED = SinkStatus(name="siem", state="Paused", reason="SinkRejecting", message="wrong token")


def user(*told: SinkStatus, name: str = "sign-ins") -> User:
    return User(ObjectKey("identity", name), told)


def said(*users: User, problem: Problem | None = None) -> OktaEventSinkStatus:
    return status(OktaEventSinkStatus(), users, problem, generation=3, now=NOW)


def ready(*users: User, problem: Problem | None = None) -> tuple[str, str, str]:
    (condition,) = said(*users, problem=problem).conditions
    return condition.status, condition.reason, condition.message


def test_a_sink_that_nobody_uses_is_ready_and_says_how_to_use_it() -> None:
    told = ready()
    assert told[:2] == ("True", "Ready")
    assert "spec.sinks" in told[2]


def test_numbers_of_all_hooks_are_summed() -> None:
    other = FINE.model_copy(update={"oldest_event_time": EARLY, "last_success_time": LATE})
    found = said(user(FINE), user(other, FINE, name="locks"), user(name="new"))
    assert (found.hooks, found.backlog, found.dead_letters) == (3, 6, 3)
    assert (found.oldest_event_time, found.last_success_time) == (EARLY, LATE)


def test_a_hook_whose_events_it_refuses_is_named() -> None:
    found = ready(user(FINE, name="locks"), user(PAUSED))
    assert found == ("False", "SinkRejecting", "Hook identity/sign-ins says: wrong token")


def test_of_several_such_hooks_the_others_are_counted() -> None:
    assert ready(user(PAUSED), user(PAUSED, name="locks"))[2].endswith("Other hooks that complain: 1.")


def test_what_is_the_hooks_own_trouble_is_not_the_sinks() -> None:
    denied = SinkStatus(name="siem", state="Unusable", reason="SinkNotAllowed", message="It does not serve it.")
    assert ready(user(denied))[0] == "True"


def test_a_secret_of_its_own_that_is_missing_comes_first() -> None:
    missing = Problem(Reason.SECRET_MISSING, "There is no Secret identity/siem.", for_people=True)
    assert ready(user(PAUSED), problem=missing)[1:] == ("SecretMissing", "There is no Secret identity/siem.")


def test_the_condition_keeps_the_time_since_when_it_holds() -> None:
    before = said(user(FINE))
    later = status(before, [user(FINE)], None, generation=4, now=NOW.replace(hour=13))
    assert later.conditions[0].last_transition_time == before.conditions[0].last_transition_time


def test_numbers_alone_are_not_worth_being_written_at_once() -> None:
    more = FINE.model_copy(update={"backlog": 9})
    assert without_numbers(said(user(FINE))) == without_numbers(said(user(more)))
