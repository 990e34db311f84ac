"""What a sink reads of an event as its format wrote it, whichever that was. Pure.

Only what is still there: a field that the format was told to drop is unknown here too, and one that it replaced with a
pseudonym shows the pseudonym.
"""

from __future__ import annotations

import msgspec


class Known(msgspec.Struct, frozen=True):
    """What could be told; None and empty where it could not.

    Attributes:
        actor: The id of who did it.
        severity: Okta's word for how severe it is.
        org: The organisation's URL.
    """

    actor: str = ""
    severity: str = ""
    org: str = ""


class _User(msgspec.Struct):
    uid: str | None = None


class _Actor(msgspec.Struct):
    id: str | None = None
    user: _User | None = None


class _Hook(msgspec.Struct):
    org: str | None = None


class _Event(msgspec.Struct):
    """Okta's event, or what is left of it."""

    actor: _Actor | None = None
    severity: str | None = None
    hook: _Hook | None = None


class _Metadata(msgspec.Struct):
    tenant_uid: str | None = None


class _Payload(_Event):
    """All formats in one.

    Attributes:
        event: Of `okta`.
        data: Of `cloudevents`.
        okta: Of `ecs`.
        metadata: Of `ocsf`, whose actor and severity are at the top.
    """

    event: _Event | None = None
    data: _Event | None = None
    okta: _Event | None = None
    org: str | None = None
    oktaorg: str | None = None
    metadata: _Metadata | None = None


_DECODER = msgspec.json.Decoder(_Payload)
_UNKNOWN = Known()


def known(payload: bytes) -> Known:
    """Read it; nothing is known of what is unlike all of them."""
    try:
        read = _DECODER.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _UNKNOWN
    event = read.data or read.okta or (read if read.metadata else read.event) or read
    return Known(_actor(event.actor), event.severity or "", _org(read))


def _actor(actor: _Actor | None) -> str:
    if actor is None:
        return ""
    return actor.id or (actor.user.uid if actor.user else None) or ""


def _org(read: _Payload) -> str:
    if read.okta and read.okta.hook:
        return read.okta.hook.org or ""
    return read.org or read.oktaorg or (read.metadata.tenant_uid if read.metadata else None) or ""
