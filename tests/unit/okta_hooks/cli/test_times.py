"""Times and durations on command lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import pytest

from okta_hooks.cli.times import duration, time

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("2d", timedelta(days=2)),
    ],
)
def test_a_duration_is_written_as_people_say_it(text: str, meant: timedelta) -> None:
    assert duration(text) == meant


@pytest.mark.parametrize("text", ["", "15", "m", "1.5h", "15 m", "-5m", "5w"])
def test_what_is_no_duration_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write it like 90s"):
        duration(text)


def test_a_time_is_taken_as_it_is_written() -> None:
    assert time("2026-01-31T12:00:00Z") == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_time_in_another_zone_is_the_same_moment() -> None:
    assert time("2026-01-31T13:00:00+01:00") == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_duration_means_so_long_ago() -> None:
    earliest = datetime.now(UTC) - timedelta(minutes=15)
    assert earliest <= time("15m") <= datetime.now(UTC) - timedelta(minutes=15)


def test_a_time_without_a_zone_is_refused_since_nobody_knows_when_it_is() -> None:
    with pytest.raises(click.BadParameter, match="has no zone: write a Z behind it"):
        time("2026-01-31T12:00:00")


@pytest.mark.parametrize("text", ["yesterday", "31.1.2026", "", "999999999d"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"write it like 2026-01-31T12:00:00Z"):
        time(text)
