"""Reads Okta's event. A field of a wrong type costs only itself: all else is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, get_args, get_origin

import msgspec

from okta_hooks.formats.log_event import LogEvent, Part
from okta_hooks.formats.port import Unreadable

Members = Mapping[str, msgspec.Raw]
"""The fields of a JSON object, each as it was written."""

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is raised for text that is not JSON, not UTF-8, or nested deeper than anybody can read."""

_PartT = TypeVar("_PartT", bound=Part)
_EVENT = msgspec.json.Decoder(LogEvent)
_MEMBERS: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ELEMENTS: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])


class Reading(msgspec.Struct, frozen=True):
    """An event as far as it could be read.

    Attributes:
        event: What could be read.
        members: All its fields, each as it was written.
        is_whole: Whether nothing that formats look for was of another type than it should be.
    """

    event: LogEvent
    members: Members
    is_whole: bool


def read(event: bytes) -> Reading:
    """Read an event.

    Raises:
        Unreadable: It is no JSON object.
    """
    try:
        event.decode()  # what is copied without being read has to be UTF-8 too
        members = _MEMBERS.decode(event)
        return _as_far_as_possible(event, members)
    except NOT_JSON as error:
        raise unreadable(error) from error


def part(kind: type[_PartT], raw: msgspec.Raw) -> _PartT:
    """An object within an event that was copied when the event was read, as far as it can be read."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        return _pieces(kind, raw) or kind()


def unreadable(error: Exception) -> Unreadable:
    """Why an event can't be written; quotes nothing of it."""
    if isinstance(error, RecursionError):
        return Unreadable("the event is nested too deep")
    if isinstance(error, UnicodeDecodeError):
        return Unreadable(f"the event is not UTF-8 (byte {error.start})")
    return Unreadable(f"the event is not JSON: {error}")


def _as_far_as_possible(event: bytes, members: Members) -> Reading:
    try:
        return Reading(_EVENT.decode(event), members, is_whole=True)
    except msgspec.ValidationError:
        return Reading(_salvaged(LogEvent, members), members, is_whole=False)


def _salvaged(kind: type[_PartT], members: Members) -> _PartT:
    fields = {
        field.name: _field(field.type, members[field.encode_name])
        for field in msgspec.structs.fields(kind)
        if field.encode_name in members
    }
    return kind(**{name: value for name, value in fields.items() if value is not None})


def _pieces(kind: type[_PartT], raw: msgspec.Raw) -> _PartT | None:
    try:
        return _salvaged(kind, _MEMBERS.decode(raw))
    except msgspec.ValidationError:
        return None


def _field(kind: object, raw: msgspec.Raw) -> object:
    """A field's value, or what can be read of it; None for nothing."""
    try:
        value: object = msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        return _some_of(kind, raw)
    return value


def _some_of(kind: object, raw: msgspec.Raw) -> object:
    for choice in get_args(kind) or (kind,):
        if isinstance(choice, type) and issubclass(choice, Part):
            return _pieces(choice, raw)
        if get_origin(choice) is list:
            return _elements(choice, raw)
    return None


def _elements(kind: object, raw: msgspec.Raw) -> object:
    (element,) = get_args(kind)
    try:
        elements = [_field(element, each) for each in _ELEMENTS.decode(raw)]
    except msgspec.ValidationError:
        return None
    return [each for each in elements if each is not None]
