"""What is configured of the sink `kafka`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

import msgspec

from okta_hooks.sinks.port import Sink
from okta_hooks.sinks.tls import TlsFiles

Broker = Annotated[str, msgspec.Meta(pattern=r"^([-A-Za-z0-9._]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}$")]
Topic = Annotated[str, msgspec.Meta(pattern="^[-A-Za-z0-9._]{1,249}$")]
Patience = Annotated[float, msgspec.Meta(ge=1, le=300)]
MessageBytes = Annotated[int, msgspec.Meta(ge=1000, le=100_000_000)]


class SaslPlain(msgspec.Struct, frozen=True, tag_field="type", tag="plain", rename="camel", forbid_unknown_fields=True):
    """A user and a password, which the broker gets to see (RFC 4616).

    Attributes:
        username_file: Holds the user's name.
        password_file: Holds the password.
    """

    username_file: str
    password_file: str

    @property
    def mechanism(self) -> str:
        """Its name among SASL's."""
        return "PLAIN"


class SaslScram(msgspec.Struct, frozen=True, tag_field="type", tag="scram", rename="camel", forbid_unknown_fields=True):
    """A user and a password, which the other side has to know already (RFC 5802).

    Attributes:
        username_file: Holds the user's name.
        password_file: Holds the password.
        hash: The hash that the broker's user was made with.
    """

    username_file: str
    password_file: str
    hash: Literal["Sha256", "Sha512"] = "Sha512"

    @property
    def mechanism(self) -> str:
        """Its name among SASL's."""
        return {"Sha256": "SCRAM-SHA-256", "Sha512": "SCRAM-SHA-512"}[self.hash]


class KafkaSettings(TlsFiles, frozen=True, kw_only=True, tag_field="type", tag="kafka", forbid_unknown_fields=True):
    """All of it.

    Attributes:
        bootstrap_servers: Brokers to begin with, as `host:port`.
        topic: Where events go.
        key: What a message's key is, by which its partition is chosen: the event's uuid, or the id of who did it.
        encryption: Whether connections are encrypted.
        auth: What to be known by, besides a certificate.
        compression: How messages are compressed.
        max_message_bytes: The largest message, before compression; one that is larger is refused for good.
        timeout_seconds: How long a batch may take until the cluster has acknowledged it.
    """

    bootstrap_servers: Annotated[tuple[Broker, ...], msgspec.Meta(min_length=1)]
    topic: Topic
    key: Literal["Uuid", "Actor"] = "Uuid"
    encryption: Literal["Tls", "None"] = "Tls"
    auth: SaslPlain | SaslScram | None = None
    compression: Literal["None", "Gzip", "Snappy", "Lz4", "Zstd"] = "Lz4"
    max_message_bytes: MessageBytes = 1_048_576
    timeout_seconds: Patience = 30

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.encryption == "None" and (self.ca_file or self.certificate_file):
            raise ValueError("the encryption `None` has no use for `caFile`, `certificateFile` and `keyFile`")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sink]:
        """Keep a producer, which connects when there is something to deliver."""
        from okta_hooks.sinks.kafka.sink import KafkaSink  # noqa: PLC0415 -- who has no such sink does not pay for it

        sink = KafkaSink(self)
        try:
            yield sink
        finally:
            await sink.close()
