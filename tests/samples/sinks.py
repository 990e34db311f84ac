"""Events on their way out; for all tests of sinks."""

from __future__ import annotations

import msgspec

from okta_hooks.sinks import AnySink, Outgoing

RECEIVED_NS = 1_769_860_800_000_000_000  # 2026-01-31T12:00:00Z


def outgoing(uuid: str, payload: bytes) -> Outgoing:
    """A sign-in that Okta published a second before it was received."""
    return Outgoing(uuid, payload, "user.session.start", RECEIVED_NS - 1_000_000_000, RECEIVED_NS)


def configured(**fields: object) -> AnySink:
    """The settings that the dispatcher reads from a JSON object with these fields."""
    settings: AnySink = msgspec.convert(fields, type=AnySink)
    return settings
