"""The settings that every sink over HTTP has, and opening a client with them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated, Literal

import aiohttp
import msgspec

from okta_hooks.sinks.transport.client import Client
from okta_hooks.sinks.transport.credentials import ApiKey, Basic, Bearer, Mounted, SplunkToken
from okta_hooks.sinks.transport.oauth import ClientCredentials, OAuthCredential
from okta_hooks.sinks.transport.urls import checked
from okta_hooks.sinks.transport.wire import Authorities, Wire

Compression = Literal["Gzip", "None"]
Patience = Annotated[float, msgspec.Meta(gt=0, le=300)]


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Where a sink is.

    Attributes:
        url: The address.
        timeout_seconds: How long one exchange may take.
        ca_file: PEM certificates of the only authorities to trust; without it, the public ones are.
    """

    url: str
    timeout_seconds: Patience = 30
    ca_file: str | None = None

    def __post_init__(self) -> None:
        checked(self.url)


@asynccontextmanager
async def opened(
    endpoint: Endpoint, auth: Bearer | Basic | ApiKey | SplunkToken | ClientCredentials | None
) -> AsyncIterator[Client]:
    """A client for an endpoint; with the proxies that the environment names.

    Args:
        endpoint: Whom to trust, and how long to wait.
        auth: What to be known by.
    """
    no_limit = aiohttp.ClientTimeout(total=None, sock_connect=None)  # the wire limits an exchange as a whole
    async with aiohttp.ClientSession(trust_env=True, timeout=no_limit) as session:
        wire = Wire(session, Authorities(endpoint.ca_file), timedelta(seconds=endpoint.timeout_seconds))
        match auth:
            case None:
                yield Client(wire, None)
            case ClientCredentials():
                yield Client(wire, OAuthCredential(auth, wire))
            case _:
                yield Client(wire, Mounted(auth))
