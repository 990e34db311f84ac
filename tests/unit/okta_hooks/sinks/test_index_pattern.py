"""Names of indices with the day in them."""

from __future__ import annotations

import pytest

from okta_hooks.sinks.index_pattern import IndexPattern, day_of

LEAP_DAY = day_of(1_709_251_199_999_999_999)  # the last moment of 2024-02-29 in UTC


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("okta-{yyyy.MM.dd}", "okta-2024.02.29"),
        ("okta-{yyyy}-{MM}", "okta-2024-02"),
        ("{dd_MM_yyyy}%d-okta", "29_02_2024%d-okta"),
        ("logs-okta-default", "logs-okta-default"),
    ],
)
def test_dates_stand_where_the_braces_are(pattern: str, name: str) -> None:
    assert IndexPattern(pattern).name(LEAP_DAY) == name


@pytest.mark.parametrize("pattern", ["", "okta-{HH}", "okta-{}", "okta-{yyyy", "okta-yyyy}", "{yyyy}{{dd}}"])
def test_anything_else_in_braces_is_refused_with_an_example(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"as in okta-\{yyyy\.MM\.dd\}$"):
        IndexPattern(pattern)
