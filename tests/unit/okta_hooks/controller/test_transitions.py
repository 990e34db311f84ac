"""What of a change of conditions people are told as an Event."""

from __future__ import annotations

from typing import Literal

import pytest

from okta_hooks.api.values import Condition
from okta_hooks.controller.transitions import happenings


def condition(kind: str, status: Literal["True", "False", "Unknown"], reason: str) -> Condition:
    return Condition(
        type=kind,
        status=status,
        observed_generation=1,
        last_transition_time="2026-11-23T12:00:00Z",
        reason=reason,
        message=f"{kind} is {status}.",
    )


def test_a_condition_that_holds_now_is_told() -> None:
    (told,) = happenings([], [condition("Synced", "True", "Synced")])
    assert (told.type, told.reason, told.note) == ("Normal", "Synced", "Synced is True.")


def test_what_holds_and_ends_soon_is_a_warning() -> None:
    (told,) = happenings([], [condition("EndpointReachable", "True", "CertificateExpiring")])
    assert told.type == "Warning"


def test_what_was_told_before_is_not_told_again() -> None:
    same = [condition("Synced", "True", "Synced")]
    assert happenings(same, same) == ()


def test_another_reason_is_told() -> None:
    (told,) = happenings([condition("Synced", "False", "RateLimited")], [condition("Synced", "False", "NameTaken")])
    assert (told.type, told.reason) == ("Warning", "NameTaken")


def test_what_is_on_its_way_is_no_warning() -> None:
    (told,) = happenings([], [condition("ReceiverReady", "False", "Progressing")])
    assert told.type == "Normal"


def test_what_is_not_known_is_not_told() -> None:
    assert happenings([], [condition("Verified", "Unknown", "Pending")]) == ()


def test_what_only_repeats_another_condition_is_not_told() -> None:
    repeating = [condition("Ready", "False", "NameTaken"), condition("Stalled", "True", "NameTaken")]
    assert happenings([], repeating) == ()


def test_ready_is_told_when_it_comes_true() -> None:
    (told,) = happenings([condition("Ready", "False", "NameTaken")], [condition("Ready", "True", "Ready")])
    assert told.reason == "Ready"


class TestDelivering:
    """It goes between True and Unknown wherever events are rare."""

    COME, NOT_YET = condition("Delivering", "True", "Delivering"), condition("Delivering", "Unknown", "NoEventsYet")
    MISSED = condition("Delivering", "False", "EventsMissed")

    @pytest.mark.parametrize(("before", "after"), [([], COME), ([NOT_YET], COME), ([COME], NOT_YET)])
    def test_that_events_come_or_do_not_is_not_told(self, before: list[Condition], after: Condition) -> None:
        assert happenings(before, [after]) == ()

    @pytest.mark.parametrize("before", [COME, NOT_YET])
    def test_that_deliveries_fail_is_told(self, before: Condition) -> None:
        (told,) = happenings([before], [self.MISSED])
        assert (told.type, told.reason) == ("Warning", "EventsMissed")

    def test_that_they_fail_no_more_is_told(self) -> None:
        (told,) = happenings([self.MISSED], [self.COME])
        assert (told.type, told.reason) == ("Normal", "Delivering")
