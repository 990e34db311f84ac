"""An allowance never gives more than its share, spreads it, and believes what Okta says."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.okta.rate_limit import WINDOW, Allowance, Told, full, pause, told

NOW = 1_000_000.0


def _sent(allowance: Allowance, asked: list[float]) -> list[float]:
    """When requests are sent that are asked for at these moments."""
    sent = []
    for moment in asked:
        allowance, wait = allowance.taken(moment)
        sent.append(moment + wait)
    return sent


@given(
    share=st.floats(min_value=0.1, max_value=1.0),
    limit=st.integers(min_value=20, max_value=1200),
    gaps=st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=400),
)
def test_no_minute_sees_more_than_the_share_of_the_limit(share: float, limit: int, gaps: list[float]) -> None:
    asked = [NOW + sum(gaps[:index]) for index in range(len(gaps))]
    allowance = full(share, NOW).after(Told(limit, limit, NOW), NOW)
    sent = sorted(_sent(allowance, asked))
    most = max(sum(begin <= moment < begin + WINDOW for moment in sent) for begin in sent)
    assert most <= share * limit + 1, "one more where a window begins with a request"


def test_the_first_requests_do_not_wait() -> None:
    assert _sent(full(0.5, NOW), [NOW] * 10) == [NOW] * 10


def test_nothing_is_sent_in_a_window_of_which_nothing_remains() -> None:
    allowance = full(1.0, NOW).after(Told(limit=600, remaining=0, reset=NOW + 30), NOW)
    assert _sent(allowance, [NOW]) == [NOW + 30]


def test_what_remains_is_used_up_before_waiting() -> None:
    allowance = full(1.0, NOW).after(Told(limit=600, remaining=2, reset=NOW + 30), NOW)
    assert _sent(allowance, [NOW] * 3) == [NOW, NOW, NOW + 30]


def test_the_next_window_is_open() -> None:
    allowance = full(1.0, NOW).after(Told(limit=600, remaining=0, reset=NOW + 30), NOW)
    assert _sent(allowance, [NOW + 31]) == [NOW + 31]


def test_the_limit_on_requests_at_once_is_waited_out_shortly_and_teaches_nothing() -> None:
    allowance = full(0.5, NOW).after(Told(limit=0, remaining=0, reset=NOW + 3600), NOW)
    [sent] = _sent(allowance, [NOW])
    assert NOW < sent < NOW + 5
    assert allowance.limit == full(0.5, NOW).limit


def test_a_reset_in_a_distant_future_is_a_wrong_clock() -> None:
    allowance = full(1.0, NOW).after(Told(limit=600, remaining=0, reset=NOW + 86_400), NOW)
    [sent] = _sent(allowance, [NOW])
    assert sent <= NOW + 2 * WINDOW


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-rate-limit-limit": "600"},
        {"x-rate-limit-limit": "many", "x-rate-limit-remaining": "1", "x-rate-limit-reset": "1"},
    ],
)
def test_headers_that_say_nothing_teach_nothing(headers: dict[str, str]) -> None:
    assert told(headers) is None


@given(st.integers(min_value=1, max_value=50), st.integers())
def test_pauses_are_bounded_and_never_none(attempt: int, seed: int) -> None:
    assert 0.2 < pause(attempt, random.Random(seed)) <= 8.0
