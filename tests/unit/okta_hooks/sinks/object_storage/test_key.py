"""An object's name is told from the events that are in it."""

from __future__ import annotations

from okta_hooks.sinks import Outgoing
from okta_hooks.sinks.object_storage.key import object_key
from samples.sinks import RECEIVED_NS, outgoing


def key(*uuids: str, prefix: str = "okta") -> str:
    return object_key([outgoing(uuid, b"{}") for uuid in uuids], prefix=prefix, ending=".ndjson")


def test_is_below_the_hour_of_the_first_event() -> None:
    assert key("u1").startswith("okta/2026/01/31/11/20260131T115959Z-")


def test_goes_by_when_it_was_received_where_publishing_can_not_be_told() -> None:
    event = Outgoing("u", b"{}", "t", None, RECEIVED_NS)
    assert object_key([event], prefix="a/b", ending="").startswith("a/b/2026/01/31/12/20260131T120000Z-")


def test_is_the_same_for_the_same_events_and_another_for_others() -> None:
    assert key("u1", "u2") == key("u1", "u2")
    assert len({key("u1", "u2"), key("u1"), key("u1u2"), key("u2", "u1")}) == 4


def test_begins_with_the_year_without_a_prefix() -> None:
    assert key("u1", prefix="").startswith("2026/")
