"""The checks of a body, for whatever a client may send."""

from __future__ import annotations

import contextlib

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.event_hooks.body import EventHookBody
from okta_simulator.event_hooks.hook import Channel
from okta_simulator.event_hooks.validation import Rules, causes
from okta_simulator.event_hooks.writing import channel_of, event_types_of, filters_of
from okta_simulator.events.catalog import Catalog
from unit.okta_simulator.event_hooks.tenant import hook_body

RULES = Rules(event_types=Catalog(), most_event_types=300, filters=True)
WORDS = (
    st.none() | st.text(max_size=20) | st.sampled_from(["EVENT_TYPE", "HTTP", "1.0.0", "HEADER", "https://a.example"])
)
PAIRS = st.fixed_dictionaries({}, optional={"type": WORDS, "key": WORDS, "value": WORDS})
CONFIGS = st.fixed_dictionaries(
    {}, optional={"uri": WORDS, "headers": st.none() | st.lists(st.none() | PAIRS, max_size=3), "authScheme": PAIRS}
)
CHANNELS = st.fixed_dictionaries({}, optional={"type": WORDS, "version": WORDS, "config": st.none() | CONFIGS})
CONDITIONS = st.fixed_dictionaries({}, optional={"expression": WORDS})
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "type": WORDS,
        "eventFilterMap": st.none()
        | st.lists(st.fixed_dictionaries({}, optional={"event": WORDS, "condition": CONDITIONS}), max_size=3),
    },
)
EVENTS = st.fixed_dictionaries(
    {}, optional={"type": WORDS, "items": st.none() | st.lists(st.text(max_size=9), max_size=3), "filter": FILTERS}
)
BODIES = st.fixed_dictionaries(
    {}, optional={"name": WORDS, "description": WORDS, "events": st.none() | EVENTS, "channel": st.none() | CHANNELS}
)


@given(BODIES)
def test_whatever_has_the_shape_of_a_hook_is_written_or_explained(body: object) -> None:
    decoded = msgspec.convert(body, EventHookBody)
    assert causes(decoded, RULES, ()) or (channel_of(decoded), event_types_of(decoded), filters_of(decoded))


@given(st.text(max_size=40).map("https://".__add__))
def test_an_accepted_uri_begins_with_a_host_and_has_no_whitespace(uri: str) -> None:
    body = msgspec.convert(hook_body(uri), EventHookBody)
    if not causes(body, RULES, ()):
        assert channel_of(body).uri.split() == [uri]


@given(st.binary(max_size=60))
def test_bytes_that_are_no_hook_are_refused_by_the_decoder_alone(text: bytes) -> None:
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
        causes(msgspec.json.decode(text, type=EventHookBody), RULES, ())


def test_a_hook_without_headers_and_secret_has_a_channel_of_its_uri_alone() -> None:
    body = msgspec.convert({"channel": {"config": {"uri": "https://a.example"}}}, EventHookBody)
    assert channel_of(body) == Channel("https://a.example")
