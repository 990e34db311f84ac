"""How the API shows an event hook, with the oddities of recorded answers."""

from __future__ import annotations

import zlib

from okta_simulator.event_hooks.hook import Channel, EventFilter, EventHook
from okta_simulator.json_values import Json, JsonObject
from okta_simulator.timestamps import whole_seconds


def rendered(hook: EventHook, organization_url: str) -> JsonObject:
    """The hook as JSON; its secret is never part of it."""
    return {
        "id": hook.id,
        "status": hook.status,
        "verificationStatus": hook.verification_status,
        "name": hook.name,
        "description": hook.description,
        "created": whole_seconds(hook.created),
        "createdBy": hook.created_by,
        "lastUpdated": whole_seconds(hook.last_updated),
        "events": {
            "type": "EVENT_TYPE",
            "items": [*_in_order_of_a_set(hook.event_types)],
            "filter": _filter(hook.filters),
        },
        "channel": {"type": "HTTP", "version": "1.0.0", "config": _config(hook.channel)},
        "_links": _links(hook, f"{organization_url}/api/v1/eventHooks/{hook.id}"),
    }


def _in_order_of_a_set(event_types: frozenset[str]) -> list[str]:
    """Okta keeps types as a set: their order has nothing to do with the order in which they were given."""
    return sorted(event_types, key=lambda event_type: (zlib.crc32(event_type.encode()), event_type))


def _filter(filters: tuple[EventFilter, ...] | None) -> JsonObject | None:
    if filters is None:
        return None
    conditions: list[Json] = [
        {"event": one.event_type, "condition": {"version": None, "expression": one.expression}} for one in filters
    ]
    return {"type": "EXPRESSION_LANGUAGE", "eventFilterMap": conditions}


def _config(channel: Channel) -> JsonObject:
    config: JsonObject = {
        "uri": channel.uri,
        "headers": [{"key": header.key, "value": header.value} for header in channel.headers],
        "method": "POST",
    }
    if channel.auth is not None:
        config["authScheme"] = {"type": "HEADER", "key": channel.auth.key}
    return config


def _links(hook: EventHook, self_url: str) -> JsonObject:
    links: JsonObject = {"self": {"href": self_url}}
    if hook.status == "ACTIVE":
        links["verify"] = _action(f"{self_url}/lifecycle/verify", "POST")
        links["deactivate"] = _action(f"{self_url}/lifecycle/deactivate", "POST")
    else:
        links["activate"] = _action(f"{self_url}/lifecycle/activate", "POST")
        links["delete"] = _action(self_url, "DELETE")
    return links


def _action(href: str, method: str) -> JsonObject:
    return {"href": href, "hints": {"allow": [method]}}
