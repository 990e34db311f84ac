"""The sink `syslog`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import Rule, rules, validated_by
from okta_hooks.api.sinks.endpoint import Patience
from okta_hooks.api.sinks.tls import CERTIFICATE_WITH_KEY, NO_TLS_IN_CLEAR, Tls
from okta_hooks.api.url import PORT

_WITH_HOST = Rule(
    f"self.matches('^(tls|tcp)://[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:{PORT})?/?$')",
    "write tls://, a host, and a port where it is not 6514, such as tls://syslog.example.com:6514",
)
_ENCRYPTED = Rule(
    "self.url.startsWith('tls://') == !(has(self.insecure) && self.insecure)",
    "events would cross the network in clear, or not: write tls://, or tcp:// with insecure: true",
)
Facility = Literal[
    "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp",
    "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
]  # fmt: skip
_Name = Annotated[str, Field(pattern=r"^[!-~]+$")]


class SyslogSink(Tls):
    """A receiver of syslog (RFC 5424) over TLS (RFC 5425) or TCP."""

    model_config = rules(_ENCRYPTED, CERTIFICATE_WITH_KEY, NO_TLS_IN_CLEAR)

    url: Annotated[str, Field(max_length=280, json_schema_extra=validated_by(_WITH_HOST))] = Field(
        description="Address, such as tls://syslog.example.com:6514; in clear, tcp:// with insecure: true."
    )
    insecure: bool | None = Field(
        None,
        description="Has url begin with tcp://, so that whoever is on the way reads the events. Default: false.",
    )
    facility: Facility | None = Field(
        None,
        description=(
            "Facility of RFC 5424: kern, user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp,"
            " local0, local1, local2, local3, local4, local5, local6 or local7. Default: authpriv."
        ),
    )
    hostname: Annotated[_Name, Field(max_length=255)] | None = Field(
        None, description="Who messages say they are from. Default: the organisation's host."
    )
    app_name: Annotated[_Name, Field(max_length=48)] | None = Field(
        None, description="Which program messages say they are from. Default: okta-event-hooks."
    )
    structured_data_id: Annotated[str, Field(max_length=32, pattern=r'^[^@=\]" ]{1,20}@[0-9.]{1,11}$')] | None = Field(
        None,
        description=(
            "Name of the element with the event's uuid, type and organisation: a name, @ and your number among IANA's"
            " enterprises. Default: okta@32473."
        ),
    )
    max_message_bytes: Annotated[int, Field(ge=480, le=16 << 20)] | None = Field(
        None,
        description=(
            "The largest message, in bytes, as the receiver takes it; a larger one is refused for good. Default: 8192."
        ),
    )
    acknowledgement: Literal["Close", "None"] | None = Field(
        None,
        description=(
            "Close: the connection is closed after each batch, and the receiver has to close it too, which it does when"
            " it has read everything. None: it is enough that the kernel took a batch. Default: Close."
        ),
    )
    timeout: Patience | None = Field(
        None, description="How long a batch may take, such as 10s; at most 5m. Default: 30s."
    )
