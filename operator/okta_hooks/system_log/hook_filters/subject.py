"""What a filter sees of an event. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

OF_TARGETS = ("id", "type", "alternateId", "displayName")
"""What Okta documents of each target."""
_PLACES: Mapping[str, Sequence[str]] = {
    "event.eventType": ("eventType",),
    "event.outcome.reason": ("outcome", "reason"),
    "event.outcome.result": ("outcome", "result"),
    **{f"event.actor.{name}": ("actor", name) for name in OF_TARGETS},
    "event.debugData.changedAttributes": ("debugContext", "debugData", "changedAttributes"),
}
OF_EVENTS = tuple(_PLACES)
"""What Okta documents of an event."""

Fields = Mapping[str, str | None]


@dataclass(frozen=True)
class Subject:
    """An event, as a filter sees it.

    Args:
        fields: By path; None where the event has no text there.
        targets: Of each target, the same by name.
    """

    fields: Fields
    targets: Sequence[Fields] = field(default=())


def subject(payload: bytes) -> Subject:
    """What of an event's JSON a filter sees; nothing where it can't be read."""
    try:
        event: object = msgspec.json.decode(payload)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        event = None
    targets = _at(event, ("target",))
    return Subject(
        {path: _text(_at(event, place)) for path, place in _PLACES.items()},
        [_target(each) for each in targets] if isinstance(targets, list) else (),
    )


def _target(value: object) -> Fields:
    return {name: _text(_at(value, (name,))) for name in OF_TARGETS}


def _at(value: object, place: Sequence[str]) -> object:
    for name in place:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
