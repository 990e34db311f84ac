"""Times as formats write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from okta_hooks.formats.moments import rfc3339, rfc3339_of_unix_ns

_SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("unix_ns", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_769_860_800 * _SECOND, "2026-01-31T12:00:00.000Z"),
        (1_769_860_800 * _SECOND + 123_999_999, "2026-01-31T12:00:00.123Z"),
        (1_769_860_801 * _SECOND - 1, "2026-01-31T12:00:00.999Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
    ],
)
def test_nanoseconds_become_text_to_the_millisecond_that_has_begun(unix_ns: int, text: str) -> None:
    assert rfc3339_of_unix_ns(unix_ns) == text


def test_a_moment_of_another_zone_is_written_as_of_utc() -> None:
    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)

    assert rfc3339(noon.astimezone(timezone(timedelta(hours=5)))) == "2026-01-31T12:00:00.000Z"
