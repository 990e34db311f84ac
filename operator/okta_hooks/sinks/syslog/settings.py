"""What is configured of the sink `syslog`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

import msgspec
from yarl import URL

from okta_hooks.sinks.port import Sink
from okta_hooks.sinks.syslog.message import Facility, Header
from okta_hooks.sinks.tls import TlsFiles

Patience = Annotated[float, msgspec.Meta(gt=0, le=300)]
MessageBytes = Annotated[int, msgspec.Meta(ge=480, le=16 << 20)]
_PORTS = {"tls": 6514, "tcp": 514}


class SyslogSettings(TlsFiles, frozen=True, kw_only=True, tag_field="type", tag="syslog", forbid_unknown_fields=True):
    """All of it.

    Attributes:
        url: `tls://host` or, in clear, `tcp://host`; with a port, else 6514 and 514.
        facility: What RFC 5424 calls so.
        hostname: Who messages say they are from; without it, the organisation's host.
        app_name: Which program they say they are from.
        structured_data_id: The name of the element with the event's uuid, type and organisation; `name@number`, the
            number being an enterprise's of IANA.
        max_message_bytes: The largest message; one that is larger is refused for good. RFC 5425 wants 8192 of every
            receiver, and many cut off or split what is longer without a word.
        acknowledgement: `Close`: the connection is closed after each batch, and the other side has to close it too,
            which it does when it has read everything. `None`: it is enough that this machine's kernel took a batch.
        timeout_seconds: How long a batch may take.
    """

    url: str
    facility: Facility = "authpriv"
    hostname: Annotated[str, msgspec.Meta(pattern="^[!-~]{1,255}$")] | None = None
    app_name: Annotated[str, msgspec.Meta(pattern="^[!-~]{1,48}$")] = "okta-event-hooks"
    structured_data_id: Annotated[str, msgspec.Meta(pattern=r'^[^@=\]" ]{1,20}@[0-9.]{1,11}$')] = "okta@32473"
    max_message_bytes: MessageBytes = 8192
    acknowledgement: Literal["Close", "None"] = "Close"
    timeout_seconds: Patience = 30

    def __post_init__(self) -> None:
        super().__post_init__()
        url = URL(self.url)
        if url.scheme not in _PORTS or not url.host or url.path not in ("", "/") or url.user is not None:
            raise ValueError("the address has to be tls://host:port, or tcp://host:port to send in clear")
        if url.scheme == "tcp" and (self.ca_file or self.certificate_file):
            raise ValueError("an address with tcp:// has no use for `caFile`, `certificateFile` and `keyFile`")

    @property
    def address(self) -> tuple[str, int]:
        """The host and the port."""
        url = URL(self.url)
        return url.host or "", url.explicit_port or _PORTS[url.scheme]

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is."""
        return URL(self.url).scheme == "tls"

    @property
    def header(self) -> Header:
        """What all messages have in common."""
        return Header(self.facility, self.hostname, self.app_name, self.structured_data_id)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sink]:
        """Keep connections, which are made when there is something to deliver."""
        from okta_hooks.sinks.syslog.sink import SyslogSink  # noqa: PLC0415 -- the sink needs its settings first

        sink = SyslogSink(self)
        try:
            yield sink
        finally:
            sink.close()
