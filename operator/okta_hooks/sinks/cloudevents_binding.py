"""How CloudEvents 1.0 travel by HTTP one by one (HTTP Protocol Binding 1.0.2, 3.1 and 3.2)."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

_AS_THEY_ARE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')
"""What a header's value does not escape (3.1.3.2)."""


class NotACloudEvent(ValueError):
    """The payload is something else."""


class SingleMessage(msgspec.Struct, frozen=True):
    """Headers and body of a request that carries one event."""

    headers: dict[str, str]
    body: bytes


def structured(payload: bytes) -> SingleMessage:
    """The event as one JSON object."""
    return SingleMessage({"Content-Type": "application/cloudevents+json; charset=utf-8"}, payload)


def binary(payload: bytes) -> SingleMessage:
    """The event's attributes as headers, and its data as the body, whose bytes are not touched.

    Args:
        payload: The event as one JSON object.

    Raises:
        NotACloudEvent: It is another object.
    """
    try:
        members = msgspec.json.decode(payload, type=dict[str, msgspec.Raw])
        data = members.pop("data", msgspec.Raw(b""))
        attributes = {name: msgspec.json.decode(value, type=str | int | bool) for name, value in members.items()}
    except msgspec.DecodeError as error:
        raise NotACloudEvent(str(error)) from error
    if not {"specversion", "id", "source", "type"} <= attributes.keys():
        raise NotACloudEvent("an attribute that every CloudEvent has is missing")
    content_type = escaped(_written(attributes.pop("datacontenttype", "application/json")))
    headers = {f"ce-{name}": escaped(_written(value)) for name, value in attributes.items()}
    return SingleMessage({"Content-Type": content_type, **headers}, bytes(data))


def escaped(value: str) -> str:
    """A text as a header carries it: with what is not printable ASCII percent-encoded."""
    return quote(value, safe=_AS_THEY_ARE)


def _written(value: str | int | bool) -> str:  # noqa: FBT001 -- a value, not a switch
    return str(value).lower() if isinstance(value, bool) else str(value)
