"""The format `okta`."""

from __future__ import annotations

import json

import pytest

from okta_hooks.formats import Arrival, OktaFormat, Origin, Unreadable

FORMAT = OktaFormat(Origin("https://acme.okta.com", "who1", "prod", {"team": "identity"}))
ARRIVAL = Arrival(1_769_860_800_123_456_789, "hook")


def test_carries_where_the_event_comes_from_and_how_it_came() -> None:
    line = json.loads(FORMAT.render(b'{"uuid":"u"}', ARRIVAL))
    assert line == {
        "org": "https://acme.okta.com",
        "hookId": "who1",
        "cluster": "prod",
        "labels": {"team": "identity"},
        "received": "2026-01-31T12:00:00.123Z",
        "path": "hook",
        "event": {"uuid": "u"},
    }


def test_copies_the_event_byte_by_byte() -> None:
    event = b'{"z" : 1.0, "a":12345678901234567890123, "\\u00e9": "\xc3\xa9"}'
    assert event in FORMAT.render(event, ARRIVAL)


def test_writes_an_event_of_several_lines_on_one() -> None:
    assert b'"event":{"a":1,"b":"x y"}' in FORMAT.render(b'{\n "a": 1,\r\n "b": "x y"\n}', ARRIVAL)


def test_says_that_what_is_not_json_can_not_be_written_on_one_line() -> None:
    with pytest.raises(Unreadable, match="not JSON"):
        FORMAT.render(b"{\n", ARRIVAL)
