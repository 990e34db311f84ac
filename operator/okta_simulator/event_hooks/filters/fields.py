"""What a filter can see of an event, and what it can ask about it.

Okta documents these fields and no others ("Okta Expression Language and event hooks" in its product help):
`eventType`, `outcome.reason`, `outcome.result`, `actor.id`, `.type`, `.alternateId`, `.displayName`,
`debugData.changedAttributes`, and of each target `id`, `type`, `alternateId`, `displayName`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from okta_simulator.events.log_event import LogEvent
from okta_simulator.json_values import Json, JsonObject

Value: TypeAlias = "bool | int | str | Mapping[str, Value] | Sequence[Value] | None"
Object: TypeAlias = Mapping[str, Value]


class Kind(Enum):
    """The kinds of values; the words appear in what Okta says about a wrong expression."""

    ROOT = "the expression"
    EVENT = "event"
    OUTCOME = "event.outcome"
    ACTOR = "event.actor"
    DEBUG_DATA = "event.debugData"
    TARGETS = "event.target"
    TARGET = "a target"
    TEXTS = "a list of texts"
    TEXT = "a text"
    NUMBER = "a number"
    TRUTH = "a Boolean"
    NULL = "null"


_IDENTITY: Mapping[str, Kind] = dict.fromkeys(("id", "type", "alternateId", "displayName"), Kind.TEXT)

FIELDS: Mapping[Kind, Mapping[str, Kind]] = {
    Kind.ROOT: {"event": Kind.EVENT},
    Kind.EVENT: {
        "eventType": Kind.TEXT,
        "outcome": Kind.OUTCOME,
        "actor": Kind.ACTOR,
        "debugData": Kind.DEBUG_DATA,
        "target": Kind.TARGETS,
    },
    Kind.OUTCOME: {"reason": Kind.TEXT, "result": Kind.TEXT},
    Kind.ACTOR: _IDENTITY,
    Kind.DEBUG_DATA: {"changedAttributes": Kind.TEXT},
    Kind.TARGET: _IDENTITY,
}


@dataclass(frozen=True)
class Method:
    """Something that can be asked of a value.

    Args:
        arguments: The kinds of what it is asked with.
        result: The kind of the answer.
        call: Gives the answer for a value and the arguments, none of which is null.
    """

    arguments: tuple[Kind, ...]
    result: Kind
    call: Callable[..., Value]


_OF_LISTS: Mapping[str, Method] = {
    "size": Method((), Kind.NUMBER, len),
    "isEmpty": Method((), Kind.TRUTH, lambda values: not values),
}

METHODS: Mapping[Kind, Mapping[str, Method]] = {
    Kind.TARGETS: _OF_LISTS,
    Kind.TEXTS: {**_OF_LISTS, "contains": Method((Kind.TEXT,), Kind.TRUTH, lambda texts, text: text in texts)},
    Kind.TEXT: {
        "contains": Method((Kind.TEXT,), Kind.TRUTH, lambda text, part: part in text),
        "startsWith": Method((Kind.TEXT,), Kind.TRUTH, str.startswith),
        "endsWith": Method((Kind.TEXT,), Kind.TRUTH, str.endswith),
        "equals": Method((Kind.TEXT,), Kind.TRUTH, str.__eq__),
        "equalsIgnoreCase": Method((Kind.TEXT,), Kind.TRUTH, lambda one, other: one.lower() == other.lower()),
        "toLowerCase": Method((), Kind.TEXT, str.lower),
        "toUpperCase": Method((), Kind.TEXT, str.upper),
        "isEmpty": Method((), Kind.TRUTH, lambda text: not text),
        "length": Method((), Kind.NUMBER, len),
    },
}


def visible(event: LogEvent) -> Object:
    """What filters see of an event."""
    debug_data = event.debug_context.get("debugData") if isinstance(event.debug_context, dict) else None
    return {
        "event": {
            "eventType": event.event_type,
            "outcome": {"result": event.outcome.result, "reason": _text(event.outcome.reason)},
            "actor": _identity(event.actor),
            "debugData": {
                "changedAttributes": _text(debug_data.get("changedAttributes"))
                if isinstance(debug_data, dict)
                else None
            },
            "target": [_identity(target) for target in event.target] if isinstance(event.target, list) else [],
        }
    }


def _identity(identified: JsonObject) -> Object:
    return {name: _text(identified.get(name)) for name in _IDENTITY}


def _text(value: Json | object) -> str | None:
    return value if isinstance(value, str) else None
