"""When a System Log is polled again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.controller.system_log.pauses import LONGEST, after_failures, poll_interval
from okta_hooks.okta.errors import OktaError, RateLimited, Unavailable

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BROKEN, BUSY = Unavailable("read system log", "500"), RateLimited("read system log", "429")


def test_a_log_is_polled_each_minute_unless_the_organization_says_otherwise() -> None:
    assert poll_interval(None) == MINUTE
    assert poll_interval("15s") == timedelta(seconds=15)


def test_no_log_is_polled_more_often_than_each_second() -> None:
    assert poll_interval("1ms") == timedelta(seconds=1)


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (100, 10)])
def test_an_okta_that_stays_away_is_asked_less_and_less_often(failures: int, minutes: int) -> None:
    assert after_failures(BROKEN, MINUTE, failures, NOW) == minutes * MINUTE


def test_a_busy_organization_is_left_alone_for_longer() -> None:
    assert after_failures(BUSY, MINUTE, 1, NOW) == 2 * MINUTE


def test_a_limit_that_ends_later_is_waited_for() -> None:
    until = RateLimited("read system log", "429", until=NOW + 5 * MINUTE)
    assert after_failures(until, MINUTE, 1, NOW) == 5 * MINUTE


def test_an_interval_that_was_chosen_longer_is_kept() -> None:
    assert after_failures(BUSY, timedelta(hours=1), 3, NOW) == timedelta(hours=1)


ERRORS = st.sampled_from([BROKEN, BUSY]) | st.builds(
    RateLimited,
    st.just("read system log"),
    st.just("429"),
    until=st.datetimes(timezones=st.just(UTC)),
)


@given(ERRORS, st.timedeltas(timedelta(seconds=1), timedelta(hours=2)), st.integers(1, 10_000))
def test_the_pause_is_never_shorter_than_the_interval_and_never_much_longer_than_ten_minutes(
    error: OktaError, interval: timedelta, failures: int
) -> None:
    pause = after_failures(error, interval, failures, NOW)
    assert interval <= pause <= max(LONGEST, interval)
