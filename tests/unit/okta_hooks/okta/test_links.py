"""Where the next page is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.okta.links import next_cursor

LOGS = "https://example.okta.com/api/v1/logs"


def test_the_next_page_begins_at_the_cursor_of_the_next_link() -> None:
    link = f'<{LOGS}?limit=2>; rel="self", <{LOGS}?limit=2&after=c%2F1%3D>; rel="next"'
    assert next_cursor({"link": link}) == "c/1="


@pytest.mark.parametrize(
    "link",
    [
        f"<{LOGS}?after=c>; rel=next",
        f'<{LOGS}?after=c>;rel="next"',
        f'<{LOGS}?after=c>; title="a, b"; REL="Next"',
        f'<{LOGS}?after=c>; rel="up next"',
        f'<{LOGS}?after=c&filter=a,b>; rel="next", <{LOGS}?after=d>; rel="self"',
    ],
)
def test_a_link_may_be_written_as_the_standard_allows(link: str) -> None:
    assert next_cursor({"link": link}) == "c"


@pytest.mark.parametrize(
    "link",
    [
        "",
        f'<{LOGS}?after=c>; rel="self"',
        f'<{LOGS}?after=c>; rel="nextish"',
        f'<{LOGS}>; rel="next"',
        f'<{LOGS}?after=>; rel="next"',
        "next",
    ],
)
def test_without_a_next_link_with_a_cursor_there_is_none(link: str) -> None:
    assert next_cursor({"link": link}) == ""


def test_without_the_header_there_is_none() -> None:
    assert next_cursor({}) == ""


@given(st.text())
def test_any_text_is_read(link: str) -> None:
    assert isinstance(next_cursor({"link": link}), str)
