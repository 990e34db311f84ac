"""How long an event may take before it counts as one that never came."""

from __future__ import annotations

from okta_hooks.system_log.waiting import Awaited, Waiting
from okta_hooks.system_log.windows import MILLISECOND, Window, Windows

_A, _B, _C = (Awaited(name, number * MILLISECOND) for number, name in enumerate("abc", start=1))


def test_within_its_grace_an_event_may_still_come() -> None:
    waiting = Waiting(grace=10)
    waiting.add([_A], now=0)
    assert waiting.ripe(9.9, most=100) == []


def test_after_its_grace_it_is_asked_for() -> None:
    waiting = Waiting(grace=10)
    waiting.add([_A], now=0)
    assert waiting.ripe(10, most=100) == [_A]


def test_an_event_that_is_read_again_is_given_no_more_time() -> None:
    waiting = Waiting(grace=10)
    waiting.add([_A], now=0)
    waiting.add([_A], now=9)
    assert waiting.ripe(10, most=100) == [_A]


def test_no_more_are_asked_for_than_can_be_answered() -> None:
    waiting = Waiting(grace=10)
    waiting.add([_A, _B], now=0)
    assert waiting.ripe(10, most=1) == [_A]


def test_what_was_asked_for_and_not_dropped_is_asked_for_again() -> None:
    waiting = Waiting(grace=10)
    waiting.add([_A, _B], now=0)
    waiting.drop([_A])
    assert waiting.ripe(10, most=100) == [_B]


def test_of_too_many_only_their_time_is_kept() -> None:
    waiting = Waiting(grace=10, most=2)
    waiting.add([_A, _B, _C], now=0)
    assert waiting.ripe(10, most=100) == []
    assert waiting.take_ripe_times(10) == Windows((Window(1 * MILLISECOND, 4 * MILLISECOND),))


def test_a_time_is_given_grace_as_well() -> None:
    waiting = Waiting(grace=10)
    waiting.add_time(Window(1, 5), now=0)
    assert waiting.take_ripe_times(9.9) == Windows()


def test_it_knows_since_when_nothing_is_certain() -> None:
    waiting = Waiting(grace=10)
    waiting.add([_B, _C], now=0)
    waiting.add_time(Window(1 * MILLISECOND, 5 * MILLISECOND), now=0)
    assert waiting.oldest_ns == 1 * MILLISECOND


def test_while_nothing_is_waited_for_all_is_certain() -> None:
    assert Waiting(grace=10).oldest_ns is None
