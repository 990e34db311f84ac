"""What was answered, in sentences; and when the other side wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from okta_hooks.sinks.transport import Reply
from okta_hooks.sinks.transport.reply import read_retry_after

NOW = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999999999999", 86400),
        ("Sat, 31 Jan 2026 12:01:00 GMT", 60),
        ("Sat, 31 Jan 2026 11:59:00 GMT", 0),
        ("Sat, 31 Jan 2026 13:01:00 +0100", 60),
    ],
)
def test_seconds_and_dates_are_understood(value: str, after: int) -> None:
    assert read_retry_after(value, NOW) == timedelta(seconds=after)


@pytest.mark.parametrize("value", [None, "", "soon", "-1", "1.5", "²", "Sat, 99 Jan 2026 12:01:00 GMT"])
def test_anything_else_says_nothing(value: str | None) -> None:
    assert read_retry_after(value, NOW) is None


def test_what_was_said_is_quoted_on_one_line() -> None:
    assert str(Reply("siem", 400, b'{"error":\n\t "no\x00 field"}')) == 'siem answers 400 ({"error": "no field"})'


def test_what_was_said_is_quoted_only_in_its_beginning() -> None:
    assert str(Reply("siem", 400, b"x" * 10_000)) == f"siem answers 400 ({'x' * 200}…)"


def test_a_page_for_people_is_not_quoted() -> None:
    assert str(Reply("siem", 502, b"<html><body>Bad gateway")) == "siem answers 502 with a page for people"
