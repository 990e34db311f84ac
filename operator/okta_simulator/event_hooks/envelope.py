"""The JSON that carries events to a hook's endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from okta_simulator.events.log_event import timestamp


class Waiting(msgspec.Struct, frozen=True):
    """An event on its way, encoded once for all hooks and attempts."""

    uuid: str
    json: msgspec.Raw


class _Data(msgspec.Struct, frozen=True):
    events: tuple[msgspec.Raw, ...]


class Envelope(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What surrounds the events; an early CloudEvents shape, not version 1.0."""

    event_type: str = "com.okta.event_hook"
    event_type_version: str = "1.0"
    cloud_events_version: str = "0.1"
    source: str
    event_id: str
    data: _Data
    event_time: str
    content_type: str = "application/json"


def hook_url(organization_url: str, hook_id: str) -> str:
    """The URL of a hook, which an envelope names as its source."""
    return f"{organization_url}/api/v1/eventHooks/{hook_id}"


def envelope(source: str, event_id: str, moment: datetime, events: Sequence[Waiting]) -> bytes:
    """The body of one attempt.

    Args:
        source: The hook's URL.
        event_id: The identity of the delivery.
        moment: When it is sent.
        events: What it carries.
    """
    return msgspec.json.encode(
        Envelope(
            source=source,
            event_id=event_id,
            data=_Data(tuple(event.json for event in events)),
            event_time=timestamp(moment),
        )
    )
