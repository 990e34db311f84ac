"""Event hooks as JSON: written from a definition, read from an answer. Pure.

Reading goes by the body and not by the SDK's models, whose enumerations are closed: a word that Okta adds would
otherwise raise after the call took effect.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from okta_hooks.api.address import normal_url
from okta_hooks.okta.errors import Unavailable
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.port import Hook, HookDefinition, Secret

Json = dict[str, object]
_Shape = TypeVar("_Shape")


def to_json(definition: HookDefinition, secret: Secret) -> Json:
    """The body of a request that creates or replaces a hook; always with the secret, which a replace would drop."""
    events: Json = {"type": "EVENT_TYPE", "items": sorted(definition.event_types)}
    if definition.filters:
        events["filter"] = {
            "type": "EXPRESSION_LANGUAGE",
            "eventFilterMap": [
                {"event": event_type, "condition": {"expression": expression}}
                for event_type, expression in sorted(definition.filters.items())
            ],
        }
    return {
        "name": definition.name,
        "description": definition.description or None,
        "events": events,
        "channel": {
            "type": "HTTP",
            "version": "1.0.0",
            "config": {
                "uri": definition.uri,
                "headers": [{"key": key, "value": value} for key, value in sorted(definition.headers.items())],
                "authScheme": {"type": "HEADER", "key": definition.auth_header, "value": secret.value},
            },
        },
    }


class _Header(msgspec.Struct, frozen=True):
    key: str | None = None
    value: str | None = None


class _AuthScheme(msgspec.Struct, frozen=True):
    key: str | None = None


class _Config(msgspec.Struct, frozen=True, rename="camel"):
    uri: str | None = None
    headers: tuple[_Header, ...] | None = None
    auth_scheme: _AuthScheme | None = None


class _Channel(msgspec.Struct, frozen=True):
    config: _Config | None = None


class _Condition(msgspec.Struct, frozen=True):
    expression: str | None = None


class _Filter(msgspec.Struct, frozen=True):
    event: str | None = None
    condition: _Condition | None = None


class _Filters(msgspec.Struct, frozen=True, rename="camel"):
    event_filter_map: tuple[_Filter, ...] | None = None


class _Events(msgspec.Struct, frozen=True):
    items: tuple[str, ...] | None = None
    filter: _Filters | None = None


class _Hook(msgspec.Struct, frozen=True, rename="camel"):
    """What is read of a hook. Only its id is insisted on: others' hooks may be of kinds that come later."""

    id: str
    name: str | None = None
    description: str | None = None
    status: str | None = None
    verification_status: str | None = None
    last_updated: str | None = None
    events: _Events | None = None
    channel: _Channel | None = None


def read_hook(operation: Operation, body: bytes) -> Hook:
    """The hook that an answer holds.

    Raises:
        Unavailable: The body is none of Okta's.
    """
    return _hook(_read(operation, body, _Hook))


def read_hooks(operation: Operation, body: bytes) -> tuple[Hook, ...]:
    """The hooks that an answer lists.

    Raises:
        Unavailable: The body is none of Okta's.
    """
    return tuple(_hook(each) for each in _read(operation, body, tuple[_Hook, ...]))


def _read(operation: Operation, body: bytes, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unavailable(
            operation.name, "answered with something that is no event hook: is there a proxy in between?"
        ) from None


def _hook(read: _Hook) -> Hook:
    return Hook(
        id=read.id,
        definition=_definition(read),
        status="ACTIVE" if read.status == "ACTIVE" else "INACTIVE",
        verification_status="VERIFIED" if read.verification_status == "VERIFIED" else "UNVERIFIED",
        last_updated=read.last_updated or "",
    )


def _definition(read: _Hook) -> HookDefinition:
    events = read.events or _Events()
    filters = (events.filter and events.filter.event_filter_map) or ()
    config = (read.channel and read.channel.config) or _Config()
    return HookDefinition(
        name=read.name or "",
        uri=normal_url(config.uri or ""),  # so that spelling alone is no difference
        event_types=frozenset(events.items or ()),
        description=read.description or "",
        filters={each.event or "": (each.condition and each.condition.expression) or "" for each in filters},
        headers={each.key or "": each.value or "" for each in config.headers or ()},
        auth_header=(config.auth_scheme and config.auth_scheme.key) or "",
    )
