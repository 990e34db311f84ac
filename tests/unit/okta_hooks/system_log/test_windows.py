"""Which stretches of time are still to be searched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.windows import MILLISECOND, MOST_WINDOWS, Window, Windows, around

_MOMENTS = st.integers(min_value=0, max_value=200)
_WINDOWS = st.tuples(_MOMENTS, st.integers(min_value=1, max_value=40)).map(lambda drawn: Window(drawn[0], sum(drawn)))
_MANY = st.lists(_WINDOWS, max_size=20)


def test_the_oldest_is_searched_first() -> None:
    windows = Windows().adding(Window(50, 60), Window(10, 20))
    assert windows.oldest == Window(10, 20)


def test_windows_that_touch_become_one() -> None:
    assert Windows().adding(Window(10, 20), Window(20, 30)) == Windows((Window(10, 30),))


def test_where_there_are_too_many_the_two_closest_become_one() -> None:
    far_apart = [Window(100 * number, 100 * number + 10) for number in range(MOST_WINDOWS)]
    windows = Windows().adding(*far_apart, Window(115, 120))
    assert windows.all[:2] == (Window(0, 10), Window(100, 120))


def test_what_was_searched_in_the_middle_leaves_both_ends() -> None:
    left = Windows((Window(10, 40),)).without(Window(20, 30))
    assert left == Windows((Window(10, 20), Window(30, 40)))


def test_a_window_around_moments_is_in_whole_milliseconds() -> None:
    window = around([7 * MILLISECOND + 5, 3 * MILLISECOND + 9])
    assert window == Window(3 * MILLISECOND, 8 * MILLISECOND)


def test_no_moments_have_no_window_around_them() -> None:
    with pytest.raises(ValueError, match="no moments"):
        around([])


def test_a_window_without_a_moment_is_none() -> None:
    with pytest.raises(ValueError, match="holds no moment"):
        Window(5, 5)


@given(_MANY, _MOMENTS)
def test_every_moment_of_a_window_that_was_added_is_covered(added: list[Window], moment: int) -> None:
    windows = Windows().adding(*added)
    assert windows.covers(moment) or not any(window.covers(moment) for window in added)


@given(_MANY)
def test_windows_are_few_in_order_and_apart(added: list[Window]) -> None:
    windows = Windows().adding(*added).all
    assert len(windows) <= MOST_WINDOWS
    assert all(one.until_ns < next_.since_ns for one, next_ in pairwise(windows))


@given(_MANY, _WINDOWS, _MOMENTS)
def test_what_was_searched_is_left_out_and_nothing_else(added: list[Window], searched: Window, moment: int) -> None:
    windows = Windows().adding(*added)
    assert windows.without(searched).covers(moment) == (windows.covers(moment) and not searched.covers(moment))


@given(st.lists(st.integers(min_value=0, max_value=10**19), min_size=1, max_size=5))
def test_every_moment_is_in_the_window_around_it(moments: list[int]) -> None:
    assert all(around(moments).covers(moment) for moment in moments)
