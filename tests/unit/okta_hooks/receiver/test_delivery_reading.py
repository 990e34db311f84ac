"""What bodies mean."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.receiver.delivery import read_delivery, read_events

texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
events = st.lists(st.fixed_dictionaries({"uuid": st.uuids().map(str), "content": values}), max_size=4)


@given(events, st.booleans())
def test_events_come_out_byte_for_byte(content: list[object], spaced: bool) -> None:  # noqa: FBT001 -- drawn
    separators = (" , ", " : ") if spaced else (",", ":")
    texts_of_events = [json.dumps(one, separators=separators) for one in content]
    body = f'{{"data" : {{"events" : [{" , ".join(texts_of_events)} ]}}, "eventId": "d"}}'
    delivery = read_delivery(body.encode())
    assert delivery is not None
    assert [one.json.decode() for one in delivery.events] == texts_of_events
    assert all(one.uuid for one in delivery.events)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_raise_an_error(body: bytes) -> None:
    read_delivery(body)
    read_events(body)


@given(events, st.integers(min_value=1))
def test_a_torn_delivery_is_never_half_read(content: list[object], place: int) -> None:
    body = json.dumps({"data": {"events": content}}).encode()
    assert read_delivery(body[: place % len(body)]) is None


def test_unknown_members_and_nulls_do_not_matter() -> None:
    delivery = read_delivery(b'{"eventId":null,"source":null,"new":{"a":1},"data":{"events":[],"more":1}}')
    assert delivery == ("", "", ())


def test_what_a_sender_makes_too_long_is_cut() -> None:
    delivery = read_delivery(
        json.dumps({"eventId": "x" * 500, "source": "/" + "y" * 500, "data": {"events": []}}).encode()
    )
    assert delivery is not None
    assert (len(delivery.id), len(delivery.hook_id)) == (128, 128)


@pytest.mark.parametrize("lone", [rb"\ud800", rb"\uDFff", rb"\udc00\ud800", rb"\ud800\u0041", rb"\\\udbff"])
def test_half_a_surrogate_pair_costs_nobody_an_event(lone: bytes) -> None:
    delivery = read_delivery(b'{"data":{"events":[{"uuid":"u1","agent":"a%sb"},{"uuid":"u2"}]}}' % lone)
    assert delivery is not None
    assert [one.uuid for one in delivery.events] == ["u1", "u2"]
    assert "\ufffd" in json.loads(delivery.events[0].json)["agent"]
    assert delivery.events[1].json == b'{"uuid":"u2"}'


def test_mending_half_a_pair_leaves_whole_ones_and_backslashes_alone() -> None:
    delivery = read_delivery(rb'{"data":{"events":[{"uuid":"u1","a":"\ud83d\ude00 \\ud800 \ud800"}]}}')
    assert delivery is not None
    assert delivery.events[0].json == rb'{"uuid":"u1","a":"\ud83d\ude00 \\ud800 \ufffd"}'
