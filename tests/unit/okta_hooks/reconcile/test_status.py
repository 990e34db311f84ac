"""A status is written when it says something new, and its counters at most once a minute."""

from __future__ import annotations

from datetime import timedelta

from okta_hooks.api.conditions import ConditionType
from okta_hooks.api.hook_status import Deliveries, OktaEventHookStatus
from okta_hooks.api.values import Condition
from okta_hooks.reconcile.status import worth_writing
from unit.okta_hooks.reconcile.okta_model import NOW

BEFORE = OktaEventHookStatus(hook_id="who1", deliveries=Deliveries(received=1), last_sync_time="2026-11-01T11:00:00Z")
COUNTED = BEFORE.model_copy(update={"deliveries": Deliveries(received=2)})
JUST_NOW = NOW - timedelta(seconds=10)


def test_the_first_status_is_written() -> None:
    assert worth_writing(None, BEFORE, written_at=None, now=NOW) == BEFORE


def test_the_same_is_not_written_again() -> None:
    assert worth_writing(BEFORE, BEFORE, written_at=None, now=NOW) is None


def test_that_it_was_compared_again_is_no_news() -> None:
    later = BEFORE.model_copy(update={"last_sync_time": "2026-11-01T12:00:00Z"})
    assert worth_writing(BEFORE, later, written_at=None, now=NOW) is None


def test_counters_alone_wait_for_their_minute() -> None:
    assert worth_writing(BEFORE, COUNTED, written_at=JUST_NOW, now=NOW) is None
    assert worth_writing(BEFORE, COUNTED, written_at=NOW - timedelta(minutes=1), now=NOW) == COUNTED


def test_counters_go_along_with_news() -> None:
    news = COUNTED.model_copy(update={"hook_id": "who2"})
    assert worth_writing(BEFORE, news, written_at=JUST_NOW, now=NOW) == news


def test_the_moment_of_the_last_event_waits_for_the_minute_of_counters() -> None:
    before, after = delivering("The last event came at noon."), delivering("The last event came a second later.")
    assert worth_writing(before, after, written_at=JUST_NOW, now=NOW) is None
    assert worth_writing(before, after, written_at=NOW - timedelta(minutes=1), now=NOW) == after


def delivering(message: str) -> OktaEventHookStatus:
    """A status that says so of its events."""
    condition = Condition(
        type=ConditionType.DELIVERING,
        status="True",
        observed_generation=1,
        last_transition_time="2026-11-01T11:00:00Z",
        reason="Delivering",
        message=message,
    )
    return BEFORE.model_copy(update={"conditions": [condition]})
