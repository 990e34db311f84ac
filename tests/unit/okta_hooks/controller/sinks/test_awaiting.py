"""How soon the first word of a new sink is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from okta_hooks.api.hook_status import SinkStatus
from okta_hooks.controller.sinks.awaiting import AGAIN_AFTER, PATIENCE, Awaited

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


def status(name: str, state: Literal["Pending", "Running", "Unusable"] = "Pending") -> SinkStatus:
    return SinkStatus(name=name, state=state)


def test_a_sink_that_is_pending_is_asked_for_again_soon() -> None:
    assert Awaited().after([status("new"), status("old", "Running")], NOW).again(NOW) == NOW + AGAIN_AFTER


def test_nothing_is_asked_for_while_the_dispatcher_has_spoken_of_every_sink() -> None:
    assert Awaited().after([status("old", "Running"), status("wrong", "Unusable")], NOW).again(NOW) is None


def test_a_sink_that_stays_pending_is_not_asked_for_all_the_time() -> None:
    awaited = Awaited().after([status("new")], NOW)
    later = NOW + PATIENCE
    assert awaited.after([status("new")], later - MOMENT).again(later - MOMENT) is not None
    assert awaited.after([status("new")], later).again(later) is None


def test_another_new_sink_is_waited_for_as_patiently() -> None:
    awaited, later = Awaited().after([status("first")], NOW), NOW + PATIENCE
    assert awaited.after([status("first"), status("second")], later).again(later) == later + AGAIN_AFTER


def test_a_sink_that_has_spoken_does_not_lengthen_the_wait_for_another() -> None:
    awaited, later = Awaited().after([status("first"), status("second")], NOW), NOW + PATIENCE
    assert awaited.after([status("second")], later).again(later) is None


def test_a_clock_that_was_put_back_asks_no_more_often() -> None:
    assert Awaited().after([status("new")], NOW).again(NOW - MOMENT) is None
