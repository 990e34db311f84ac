"""Deliveries as Okta sends them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

EVENT_BYTES = 3000


def event(identity: str, *, size: int = EVENT_BYTES) -> dict[str, object]:
    """An event of about a size in bytes."""
    content: dict[str, object] = {
        "uuid": identity,
        "published": "2026-11-23T10:00:00.000Z",
        "eventType": "user.session.start",
        "severity": "INFO",
        "actor": {"id": "00u1", "type": "User", "alternateId": "mia@example.com", "displayName": "Mia Example"},
        "client": {"zone": "null", "ipAddress": "198.51.100.7", "geographicalContext": {"city": "Zurich"}},
        "outcome": {"result": "SUCCESS"},
        "debugContext": {"debugData": {}},
    }
    filling = {f"key{number}": "x" * 40 for number in range(max(0, size - 420) // 52)}
    content["debugContext"] = {"debugData": filling}
    return content


def delivery(identities: Sequence[str], *, hook_id: str = "who1", size: int = EVENT_BYTES) -> bytes:
    """The body of a delivery with an event for each uuid."""
    envelope = {
        "eventType": "com.okta.event_hook",
        "eventTypeVersion": "1.0",
        "cloudEventsVersion": "0.1",
        "source": f"https://example.okta.com/api/v1/eventHooks/{hook_id}",
        "eventId": str(uuid.uuid4()),
        "data": {"events": [event(identity, size=size) for identity in identities]},
        "eventTime": "2026-11-23T10:00:10.000Z",
        "contentType": "application/json",
    }
    return json.dumps(envelope, separators=(",", ":")).encode()
