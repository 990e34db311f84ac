"""The format `okta`: the event exactly as it was received, inside an envelope that says where it comes from.

{"org":"https://acme.okta.com","hookId":"who1","cluster":"prod","labels":{},
 "received":"2026-01-31T12:00:00.000Z","path":"hook","event":{...}}
"""

from __future__ import annotations

import msgspec

from okta_hooks.formats.moments import rfc3339_of_unix_ns
from okta_hooks.formats.port import Arrival, Origin, Unreadable


class OktaFormat:
    """Writes the events of one origin.

    The event's bytes are copied and not parsed, so that nothing about them changes: neither the order of their fields,
    nor a number too long for a float.
    """

    def __init__(self, origin: Origin) -> None:
        self._head = msgspec.json.encode(origin)[:-1]  # all but the closing brace

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        """Write one event."""
        return b'%s,"received":"%s","path":"%s","event":%s}' % (
            self._head,
            rfc3339_of_unix_ns(arrival.received_ns).encode(),
            arrival.path.encode(),
            _on_one_line(event),
        )


def _on_one_line(event: bytes) -> bytes:
    if b"\n" not in event and b"\r" not in event:
        return event
    try:
        return msgspec.json.format(event, indent=-1)
    except msgspec.DecodeError as error:
        raise Unreadable(f"the event is not JSON: {error}") from error
