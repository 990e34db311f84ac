"""When an annotation that asks for a look gets one."""

from __future__ import annotations

from datetime import timedelta

from okta_hooks.api.values import HANDLED_LENGTH
from okta_hooks.controller.attention import RECONCILE_AT
from okta_hooks.controller.wishes import GAP, Wishes, wish
from unit.okta_hooks.controller.given import START

HAD = Wishes("monday", START)
SOON = START + GAP / 2


def test_a_value_that_was_never_handled_gets_a_look() -> None:
    assert Wishes().granted("monday", START) == HAD


def test_a_value_that_was_handled_before_a_restart_gets_none() -> None:
    assert Wishes("monday").granted("monday", START) is None


def test_taking_the_annotation_off_asks_for_nothing() -> None:
    assert HAD.granted("", START + GAP) is None


def test_another_value_right_after_has_to_wait() -> None:
    assert HAD.granted("tuesday", SOON) is None
    assert HAD.due("tuesday", SOON) == START + GAP


def test_another_value_is_granted_when_its_wait_is_over() -> None:
    assert HAD.granted("tuesday", START + GAP) == Wishes("tuesday", START + GAP)


def test_nobody_waits_for_what_was_handled() -> None:
    assert HAD.due("monday", SOON) is None


def test_a_clock_that_was_put_back_keeps_nobody_waiting() -> None:
    yesterday = START - timedelta(days=1)
    assert HAD.granted("tuesday", yesterday) == Wishes("tuesday", yesterday)


def test_of_a_long_value_so_much_counts_as_the_status_keeps() -> None:
    assert wish({RECONCILE_AT: "x" * 1000}) == "x" * HANDLED_LENGTH


def test_without_the_annotation_nothing_is_wished() -> None:
    assert wish({}) == ""
