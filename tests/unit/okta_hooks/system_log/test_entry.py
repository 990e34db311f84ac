"""What is read of an entry, and what is not insisted on."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.entry import Actor, LogEntry, Outcome, Target, entries_of

NOON_NS = 1_769_860_800_000_000_000
SIGN_IN = b'{"uuid":"u-1","eventType":"user.session.start","published":"2026-01-31T12:00:00.000Z"}'

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = ("uuid", "eventType", "published", "actor", "outcome", "target", "debugContext")


def entry(payload: bytes) -> LogEntry:
    """The entry of a page that holds no other."""
    (read,) = entries_of(b"[" + payload + b"]")
    return read


def test_an_entry_has_identity_type_time_and_the_bytes_that_okta_sent() -> None:
    assert entry(SIGN_IN) == LogEntry("u-1", NOON_NS, "user.session.start", SIGN_IN)


def test_entries_keep_the_order_of_the_answer() -> None:
    page = b'[{"uuid":"b"}, {"uuid":"a"}, {"uuid":"b"}]'
    assert [each.uuid for each in entries_of(page)] == ["b", "a", "b"]


def test_a_page_may_be_empty() -> None:
    assert entries_of(b" [ ] ") == ()


def test_half_of_a_surrogate_pair_hides_no_entry_of_the_page() -> None:
    read = entries_of(rb'[{"uuid":"a","client":"\ud800"},{"uuid":"b"}]')
    assert [each.uuid for each in read] == ["a", "b"]
    assert rb"\ufffd" in read[0].payload


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"<html>", b"\xff", b"[" * 100_000, b'[{"uuid":'])
def test_what_is_no_array_is_no_page(body: bytes) -> None:
    with pytest.raises(ValueError, match="no JSON array"):
        entries_of(body)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b'{"uuid":null,"eventType":"a","published":"2026-01-31T12:00:00Z"}', ("", NOON_NS, "a")),
        (b'{"uuid":"u","eventType":7,"published":"yesterday"}', ("u", 0, "")),
        (b'{"uuid":"u"}', ("u", 0, "")),
        (b"{}", ("", 0, "")),
        (b"null", ("", 0, "")),
        (b'"event"', ("", 0, "")),
    ],
)
def test_what_is_missing_hides_neither_the_entry_nor_its_other_fields(
    payload: bytes, expected: tuple[str, int, str]
) -> None:
    read = entry(payload)
    assert (read.uuid, read.published_ns, read.event_type) == expected
    assert read.payload == payload


def test_a_time_without_a_zone_is_okta_s_own() -> None:
    assert entry(b'{"published":"2026-01-31T12:00:00"}').published_ns == NOON_NS


def test_says_who_did_what_to_whom_and_how_it_ended() -> None:
    read = entry(
        b'{"actor":{"id":"00u1","type":"User","alternateId":"ada@example.com","displayName":"Ada","detailEntry":null},'
        b'"target":[{"id":"who1","type":"EventHook","displayName":"sign-ins"}],'
        b'"outcome":{"result":"FAILURE","reason":"timed out"},'
        b'"debugContext":{"debugData":{"requestId":"r1","retries":1}}}'
    )
    assert read.actor == Actor("00u1", "User", "ada@example.com", "Ada")
    assert read.targets == (Target("who1", "EventHook", "", "sign-ins"),)
    assert read.outcome == Outcome("FAILURE", "timed out")
    assert read.debug_data == {"requestId": "r1"}


@pytest.mark.parametrize(
    "payload",
    [
        b"{}",
        b'{"actor":null,"target":null,"outcome":null,"debugContext":null}',
        b'{"actor":"Ada","target":{"id":"who1"},"outcome":[],"debugContext":{"debugData":null}}',
        b'{"actor":{"id":null},"target":[null,5],"outcome":{"result":null},"debugContext":{}}',
        b"[]",
    ],
)
def test_where_okta_says_nothing_of_these_they_are_empty(payload: bytes) -> None:
    read = entry(payload)
    assert (read.actor, read.targets, read.outcome, read.debug_data) == (Actor(), (), Outcome(), {})


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        (Actor("00u1", "User", "ada@example.com", "Ada"), "ada@example.com"),
        (Actor("00u1", "User", "", "Ada"), "Ada"),
        (Actor("00u1"), "00u1"),
        (Actor(), ""),
    ],
)
def test_an_actor_is_named_as_people_know_them(actor: Actor, name: str) -> None:
    assert actor.name == name


@given(st.lists(st.dictionaries(st.sampled_from(NAMES) | st.text(), JSON) | JSON, max_size=8))
def test_whatever_okta_sends_every_entry_is_read(page: list[object]) -> None:
    read = entries_of(msgspec.json.encode(page))
    assert [msgspec.json.decode(each.payload) for each in read] == page
    for each in read:
        assert isinstance(each.actor.name, str)
        assert isinstance(each.outcome.reason, str)
        assert all(isinstance(target.id, str) for target in each.targets)
        assert all(isinstance(value, str) for value in each.debug_data.values())
