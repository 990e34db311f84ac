"""HTTP 207 with a verdict on each event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okta_hooks.sinks import Delivered, Paused, Refused, Retry
from okta_hooks.sinks.multi_status import verdicts
from okta_hooks.sinks.transport import Reply
from samples.sinks import outgoing

EVENTS = [outgoing(uuid, b"{}") for uuid in ("a", "b", "c")]


def test_each_event_is_judged_by_its_own_status_whatever_the_order() -> None:
    body = (
        b'{"items":[{"id":"c","status":422,"reason":"no such person"},{"id":"a","status":201},{"id":"b","status":429}]}'
    )
    assert verdicts(Reply("siem", 207, body, timedelta(seconds=3)), EVENTS) == [
        Delivered(),
        Retry("siem answers 429", timedelta(seconds=3)),
        Refused("siem answers 422 (no such person)"),
    ]


def test_an_event_that_may_not_be_written_pauses() -> None:
    (verdict,) = verdicts(Reply("siem", 207, b'{"items":[{"id":"a","status":403}]}'), EVENTS[:1])
    assert isinstance(verdict, Paused)


def test_events_that_are_left_out_are_tried_again() -> None:
    found = verdicts(Reply("siem", 207, b'{"items":[{"id":"a","status":200}]}'), EVENTS)
    assert found == [Delivered(), *[Retry("siem answers 207 and leaves this event out")] * 2]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"items":[{"status":200}]}'])
def test_another_body_says_nothing_of_any_event(body: bytes) -> None:
    assert {type(verdict) for verdict in verdicts(Reply("siem", 207, body), EVENTS)} == {Retry}
