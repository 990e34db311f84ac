r"""The format `cloudevents`: CloudEvents 1.0.2 in JSON, with Okta's event as `data`.

{"specversion":"1.0","id":"<uuid>","source":"https://acme.okta.com/api/v1/eventHooks/who1",
 "type":"com.okta.user.session.start","time":"2026-01-31T12:00:00.000Z","subject":"00u1",
 "datacontenttype":"application/json","oktaorg":"https://acme.okta.com","hookid":"who1","cluster":"prod",
 "labels":"{\"team\":\"identity\"}","receivedtime":"2026-01-31T12:00:01.000Z","arrivalpath":"hook","data":{...}}

`source` and `id` together identify the event, as the specification wants; `source` is what Okta itself calls the source
of a delivery. What every format carries besides is in extension attributes, whose names have lower-case letters and
digits only, and at most 20 of them.
"""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from okta_hooks.formats.log_event import LogEvent
from okta_hooks.formats.moments import rfc3339, rfc3339_of_unix_ns
from okta_hooks.formats.port import Arrival, Origin, Unreadable
from okta_hooks.formats.reading import read

_NOT_IN_A_STRING = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no attribute may hold (CloudEvents 1.0.2, type system), as far as Okta's could have them."""


class _Event(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    source: str
    type: str
    specversion: str
    datacontenttype: str
    oktaorg: str
    receivedtime: str
    arrivalpath: str
    data: msgspec.Raw
    time: str = ""
    subject: str = ""
    hookid: str = ""
    cluster: str = ""
    labels: str = ""


class CloudEventsFormat:
    """Writes the events of one origin.

    The event's bytes are copied into `data` unless they are of several lines.

    Args:
        origin: Where they come from.
    """

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        hook = f"/api/v1/eventHooks/{origin.hook_id}" if origin.hook_id else ""
        self._source = origin.org.rstrip("/") + hook
        self._labels = _text(msgspec.json.encode(origin.labels).decode()) if origin.labels else ""

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        """See `Format`."""
        known = read(event).event
        uuid = _text(known.uuid)
        if not uuid:
            raise Unreadable("the event has no uuid, and a CloudEvent has to have an id")
        written = _Event(
            id=uuid,
            source=self._source,
            type=f"com.okta.{_text(known.event_type) or 'unknown'}",
            specversion="1.0",
            datacontenttype="application/json",
            oktaorg=self._origin.org,
            hookid=self._origin.hook_id,
            cluster=_text(self._origin.cluster),
            labels=self._labels,
            receivedtime=rfc3339_of_unix_ns(arrival.received_ns),
            arrivalpath=arrival.path,
            data=msgspec.Raw(_on_one_line(event)),
            time=_time(known.moment),
            subject=_text(_subject(known)),
        )
        return msgspec.json.encode(written)


def _subject(event: LogEvent) -> str | None:
    """The id of what the event is about: a user it was done to, else the first thing, else who did it.

    Okta does not keep to an order of targets.
    """
    targets = event.target or []
    for target in targets:
        if target.type == "User" and target.id:
            return target.id
    for target in targets:
        if target.id:
            return target.id
    return event.actor.id if event.actor else None


def _text(value: str | None) -> str:
    return _NOT_IN_A_STRING.sub("", value) if value else ""


def _time(moment: datetime | None) -> str:
    return rfc3339(moment) if moment else ""


def _on_one_line(event: bytes) -> bytes:
    return event if b"\n" not in event and b"\r" not in event else msgspec.json.format(event, indent=-1)
