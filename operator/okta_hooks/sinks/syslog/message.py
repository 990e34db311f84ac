"""An event as a message of RFC 5424, in the frame of RFC 5425. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from urllib.parse import urlsplit

from okta_hooks.sinks.payload import known
from okta_hooks.sinks.port import Outgoing

Facility = Literal[
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
    "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
]  # fmt: skip
_FACILITIES: Mapping[str, int] = dict(zip(get_args(Facility), (*range(12), *range(16, 24)), strict=True))
"""Numbers of RFC 5424, 6.2.1; the names are those that everybody configures."""

_SEVERITIES = {"DEBUG": 7, "INFO": 6, "WARN": 4, "ERROR": 3}
"""Numbers of RFC 5424, 6.2.1, for Okta's words."""
_INFORMATIONAL = 6

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MSGID_AT_MOST = 32


@dataclass(frozen=True)
class Header:
    """What all messages have in common.

    Attributes:
        facility: What RFC 5424 calls so.
        hostname: Who they are from; None for the host of the organisation.
        app_name: Which program they are from.
        structured_data_id: The name of the element with uuid, type and organisation.
    """

    facility: Facility
    hostname: str | None
    app_name: str
    structured_data_id: str


def framed(event: Outgoing, header: Header) -> bytes:
    """The message behind its length in bytes (RFC 5425, 4.3).

    The text begins without the mark of byte order that RFC 5424 has before UTF-8, since it is JSON, which begins with
    none.
    """
    of_event = known(event.payload)
    priority = _FACILITIES[header.facility] * 8 + _SEVERITIES.get(of_event.severity, _INFORMATIONAL)
    hostname = header.hostname or _name(urlsplit(of_event.org).hostname or "", 255)
    elements = {"uuid": event.uuid, "eventType": event.event_type, "org": of_event.org}
    data = "".join(f' {name}="{_escaped(value)}"' for name, value in elements.items() if value)
    head = (
        f"<{priority}>1 {_timestamp(event)} {hostname} {header.app_name} - {_name(event.event_type, _MSGID_AT_MOST)}"
        f" [{header.structured_data_id}{data}] "
    )
    message = head.encode() + event.payload
    return b"%d %b" % (len(message), message)


def size(frame: bytes) -> int:
    """The length of the message in a frame."""
    return len(frame) - frame.index(b" ") - 1


def _timestamp(event: Outgoing) -> str:
    """When Okta published it, else when it was received; microseconds are all that RFC 5424 allows."""
    moment = _EPOCH + timedelta(microseconds=(event.published_ns or event.received_ns) // 1000)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _name(text: str, at_most: int) -> str:
    """A field of the header, which is printable ASCII, and `-` where there is nothing."""
    return "".join(letter for letter in text if "!" <= letter <= "~")[:at_most] or "-"


def _escaped(value: str) -> str:
    """A value of structured data (RFC 5424, 6.3.3)."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("]", "\\]")
