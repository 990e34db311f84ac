"""What is read of an event on its way."""

from __future__ import annotations

import pytest

from okta_hooks.dispatch.event_head import EventHead, event_head

NOON_NS = 1_769_860_800_000_000_000


def test_reads_the_type_and_when_okta_published_it() -> None:
    head = event_head(b'{"eventType":"user.session.start","actor":{},"published":"2026-01-31T12:00:00.000Z"}')
    assert (head.event_type, head.published_ns) == ("user.session.start", NOON_NS)


def test_a_time_without_a_zone_is_okta_s_own() -> None:
    assert event_head(b'{"published":"2026-01-31T12:00:00"}').published_ns == NOON_NS


def test_a_time_keeps_its_fraction_and_its_zone() -> None:
    assert event_head(b'{"published":"2026-01-31T13:00:00.123456+01:00"}').published_ns == NOON_NS + 123_456_000


@pytest.mark.parametrize(
    ("event", "event_type", "published_ns"),
    [
        (b'{"eventType":"a","published":"yesterday"}', "a", None),
        (b'{"eventType":5,"published":"2026-01-31T12:00:00Z"}', "", NOON_NS),
        (b'{"eventType":null,"published":null}', "", None),
    ],
)
def test_what_is_unlike_okta_s_does_not_hide_the_rest(event: bytes, event_type: str, published_ns: int | None) -> None:
    head = event_head(event)
    assert (head.event_type, head.published_ns) == (event_type, published_ns)


@pytest.mark.parametrize("event", [b"", b"\xff", b"[]", b"{", b'{"a":' * 100_000])
def test_of_what_is_no_event_nothing_is_told(event: bytes) -> None:
    assert event_head(event) == EventHead()
