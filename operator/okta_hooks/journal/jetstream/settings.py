"""What can be chosen of a distributed journal. Nothing here is secret: credentials are files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from okta_hooks.bad_input import BadInput

_SERVER = re.compile(r"(nats|tls)://[^/@\s]+")
_STREAM = re.compile(r"[A-Za-z0-9_-]{1,128}")
_MONITOR = re.compile(r"https?://[^/@\s]+")


@dataclass(frozen=True)
class JetStreamSettings:
    """Which stream, and how to get at it.

    Attributes:
        servers: URLs such as `tls://nats.example.com:4222`; any of them serves.
        stream: The stream's name; each hook has one of its own.
        credentials_folder: A mounted Secret (`okta_hooks.journal.jetstream.credentials`); None where servers ask for
            nothing.
        ca_file: The certificates to trust; None trusts the system's.
        monitors: URLs of the servers' monitoring endpoints, such as `http://nats-0.nats:8222`, which tell how often a
            server syncs. Without them that is not known.

    Raises:
        BadInput: A value can't be used.
    """

    servers: tuple[str, ...]
    stream: str
    credentials_folder: Path | None = None
    ca_file: Path | None = None
    monitors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.servers:
            raise BadInput("the distributed journal has no server: name one with --jetstream-url")
        for server in self.servers:
            if not _SERVER.fullmatch(server):
                raise BadInput(f"--jetstream-url {server!r} is not a server's address: write it like tls://nats:4222")
        if not _STREAM.fullmatch(self.stream):
            raise BadInput(f"--jetstream-stream {self.stream!r} is not a stream's name: use letters, digits, - and _")
        for monitor in self.monitors:
            if not _MONITOR.fullmatch(monitor):
                raise BadInput(f"--jetstream-monitor-url {monitor!r} is not an address: write it like http://nats:8222")


@dataclass(frozen=True)
class StreamLimits:
    """How large a stream may become, and how long it remembers.

    Attributes:
        replicas: On how many servers it is kept.
        max_bytes: The most it takes on each; when it is reached, records are refused.
        keep_bytes: What every cursor has passed is dropped, oldest first, while the stream is larger than this. By
            the stream's mean size of a message, so that it may be somewhat more or less.
        keep_age: What every cursor has passed is dropped when it is older than this.
    """

    replicas: int = 3
    max_bytes: int = 8 << 30
    keep_bytes: int = 4 << 30
    keep_age: timedelta = timedelta(days=7)

    def __post_init__(self) -> None:
        if not 0 < self.keep_bytes <= self.max_bytes:
            raise ValueError(f"keep_bytes is {self.keep_bytes} and must be from 1 to max_bytes, {self.max_bytes}")
