"""What the body of a delivery means. Pure.

Events stay the bytes that Okta sent: only their `uuid` is looked at. With one exception: half of a surrogate pair,
which a browser can smuggle into its name and most readers of JSON refuse, becomes U+FFFD. The decoder bounds how deep
JSON may be nested (Python's recursion limit) and says so by an error, like any other that makes a body unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NamedTuple, TypeVar

import msgspec

from okta_hooks.surrogates import mended

Content = TypeVar("Content")


class ReceivedEvent(NamedTuple):
    """An event.

    Attributes:
        uuid: Its identity; empty when it can't be read.
        json: Its bytes.
    """

    uuid: str
    json: bytes


class Delivery(NamedTuple):
    """A delivery.

    Attributes:
        id: The identity that Okta gave it; empty when there is none.
        hook_id: The hook that Okta sent it for; empty when it does not say. An organisation has several names, so
            that the host it gives means nothing.
        events: What it carries, in Okta's order.
    """

    id: str
    hook_id: str
    events: tuple[ReceivedEvent, ...]


_Identity = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class _Event(msgspec.Struct, gc=False):
    uuid: _Identity


class _Data(msgspec.Struct, gc=False):
    events: list[msgspec.Raw]


class _Envelope(msgspec.Struct, rename="camel", gc=False):
    data: _Data
    event_id: str | None = None
    source: str | None = None


_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
_LONGEST_ID = 128
_envelope_decoder = msgspec.json.Decoder(_Envelope)
_array_decoder = msgspec.json.Decoder(list[msgspec.Raw])
_event_decoder = msgspec.json.Decoder(_Event)


def read_delivery(body: bytes) -> Delivery | None:
    """A delivery; None when the body is no such thing."""
    envelope = _decoded(_envelope_decoder, body)
    if envelope is None:
        return None
    hook_id = (envelope.source or "").rpartition("/")[2]
    return Delivery((envelope.event_id or "")[:_LONGEST_ID], hook_id[:_LONGEST_ID], _events(envelope.data.events))


def read_events(body: bytes) -> tuple[ReceivedEvent, ...] | None:
    """The events of a JSON array; None when the body is no such thing."""
    events = _decoded(_array_decoder, body)
    return None if events is None else _events(events)


def _decoded(decoder: msgspec.json.Decoder[Content], body: bytes) -> Content | None:
    try:
        return decoder.decode(body)
    except _UNREADABLE:
        whole = mended(body)
    if whole == body:
        return None
    try:
        return decoder.decode(whole)
    except _UNREADABLE:
        return None


def _events(raws: Sequence[msgspec.Raw]) -> tuple[ReceivedEvent, ...]:
    return tuple(ReceivedEvent(_uuid(raw), bytes(raw)) for raw in raws)


def _uuid(raw: msgspec.Raw) -> str:
    try:
        return _event_decoder.decode(raw).uuid
    except _UNREADABLE:
        return ""
