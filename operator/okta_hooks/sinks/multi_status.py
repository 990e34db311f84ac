"""HTTP 207 in an answer to events: a verdict on each.

The body that is understood, where `id` is the event's uuid and `status` what HTTP would say of it alone:

{"items": [{"id": "f9b1...", "status": 201}, {"id": "02c4...", "status": 422, "reason": "no such person"}]}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from okta_hooks.sinks.port import Outgoing, Retry
from okta_hooks.sinks.transport import Reply
from okta_hooks.sinks.transport.verdicts import of_status
from okta_hooks.sinks.verdicts import Verdict


class _Item(msgspec.Struct, frozen=True):
    id: str
    status: int
    reason: str = ""


class _MultiStatus(msgspec.Struct, frozen=True):
    items: list[_Item]


def verdicts(reply: Reply, events: Sequence[Outgoing]) -> Sequence[Verdict]:
    """What an answer with status 207 says of each event; those that it does not name are tried again."""
    try:
        items = msgspec.json.decode(reply.body, type=_MultiStatus).items
    except msgspec.DecodeError:
        return [Retry(f"{reply.host} answers 207 without the body that docs/sinks.md describes")] * len(events)
    by_uuid = {item.id: item for item in items}
    return [_verdict(reply, by_uuid.get(event.uuid)) for event in events]


def _verdict(reply: Reply, item: _Item | None) -> Verdict:
    if item is None:
        return Retry(f"{reply.host} answers 207 and leaves this event out")
    return of_status(replace(reply, status=item.status, body=item.reason.encode()))
