"""How long to wait."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.dispatch.backoff import Backoff, BackoffPolicy

BACKOFF = Backoff(timedelta(seconds=1), timedelta(seconds=60))


@given(attempts=st.integers(1, 1000), seed=st.integers())
def test_waits_between_half_and_all_of_twice_as_long_each_time_up_to_the_limit(attempts: int, seed: int) -> None:
    due = min(timedelta(seconds=1) * 2 ** min(attempts - 1, 10), timedelta(seconds=60))
    assert due / 2 <= BACKOFF.wait(attempts, random.Random(seed)) <= due


def test_two_that_failed_together_do_not_come_back_together() -> None:
    assert BACKOFF.wait(5, random.Random(1)) != BACKOFF.wait(5, random.Random(2))


def test_waits_as_long_as_the_other_side_asks() -> None:
    assert BACKOFF.wait(1, random.Random(1), asked=timedelta(seconds=30)) == timedelta(seconds=30)


def test_does_not_come_back_earlier_because_the_other_side_asks_for_less() -> None:
    assert BACKOFF.wait(7, random.Random(1), asked=timedelta(seconds=1)) >= timedelta(seconds=30)


def test_does_not_believe_who_asks_for_longer_than_the_limit() -> None:
    assert BACKOFF.wait(1, random.Random(1), asked=timedelta(days=1)) == timedelta(seconds=60)


@given(attempts=st.integers(1, 1000), seed=st.integers())
def test_waits_longer_by_the_same_each_time_when_told_so(attempts: int, seed: int) -> None:
    linear = Backoff(timedelta(seconds=1), timedelta(seconds=60), BackoffPolicy.LINEAR)
    due = min(timedelta(seconds=attempts), timedelta(seconds=60))
    assert due / 2 <= linear.wait(attempts, random.Random(seed)) <= due
