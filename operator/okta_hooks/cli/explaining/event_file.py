"""Events in a file: as Okta's System Log has them, as a delivery brings them, or as `events -o json` prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from okta_hooks.admin.dispatcher_requests import ABSENT
from okta_hooks.bad_input import BadInput

_DOCUMENTS = msgspec.json.Decoder(msgspec.Raw)


class _Delivered(msgspec.Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]


class _Outside(msgspec.Struct, frozen=True, rename="camel"):
    """What tells an event from what is around one."""

    event_type: str | None = None
    event: msgspec.Raw = ABSENT
    data: _Delivered | None = None


def events_in(name: str, content: bytes) -> list[bytes]:
    """The events, each as it is written.

    Args:
        name: What to call the file.
        content: One document of JSON, or one a line.

    Raises:
        BadInput: There are none.
    """
    try:
        found = [bytes(event) for document in _documents(content) for event in _events(document)]
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(f"the event in {name} can't be read: {error}; give it as Okta's System Log has it") from error
    if not found:
        raise BadInput(f"{name} has no event: give one as Okta's System Log has it")
    return found


def _documents(content: bytes) -> Sequence[msgspec.Raw]:
    """What is one document is tried first: it may be on several lines."""
    try:
        msgspec.json.decode(content)
    except msgspec.DecodeError:
        if len(content.strip().splitlines()) == 1:
            raise
        return _DOCUMENTS.decode_lines(content)
    return (msgspec.Raw(content.strip()),)


def _events(document: msgspec.Raw) -> Iterator[msgspec.Raw]:
    if bytes(document).startswith(b"["):
        for element in msgspec.json.decode(document, type=list[msgspec.Raw]):
            yield from _events(element)
        return
    outside = msgspec.json.decode(document, type=_Outside)
    if outside.event is not ABSENT:  # what `events -o json` prints has a type of its own, too
        yield outside.event
    elif outside.data is not None:
        yield from outside.data.events
    elif outside.event_type is not None:
        yield document
