"""Connecting to an organisation: everything behind the port, put together.

async with connect(Connection(url, ApiToken(token))) as okta:
    hooks = await okta.event_hooks.list()
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from okta_hooks.okta.credentials import ApiToken, Credential
from okta_hooks.okta.gate import Gate, OpenGate
from okta_hooks.okta.pacing import Budget, Pace
from okta_hooks.okta.port import EventHooks, SystemLog
from okta_hooks.okta.service_app import ServiceApp, ServiceAppKey
from okta_hooks.okta.wire import open_session


@dataclass(frozen=True)
class Connection:
    """How an organisation is reached.

    Args:
        url: Its URL; a trailing slash does not matter.
        credential: What opens it.
        trusted: Certificates (PEM) to trust; the public authorities when empty.
    """

    url: str
    credential: ApiToken | ServiceAppKey = field(repr=False)
    trusted: str = ""


@dataclass(frozen=True)
class Organization:
    """An organisation to which there is a connection.

    Args:
        event_hooks: Its event hooks.
        system_log: Its System Log.
        pace: Its rate limits.
        credential: What opens it.
    """

    event_hooks: EventHooks
    system_log: SystemLog
    pace: Pace
    credential: Credential


@asynccontextmanager
async def connect(
    connection: Connection, pace: Pace | None = None, gate: Gate | None = None
) -> AsyncIterator[Organization]:
    """Hold a connection for as long as the context lasts; nothing is sent until it is used.

    Args:
        connection: How the organisation is reached.
        pace: The organisation's rate limits, where several connections share them; its own when absent.
        gate: Says whether requests may still be made; always, when absent.

    Raises:
        ValueError: The certificates to trust can't be read.
    """
    url = connection.url.rstrip("/")
    pace = pace or Pace(Budget())
    async with open_session(connection.trusted) as session:
        credential: Credential = (
            ServiceApp(session, url, connection.credential)
            if isinstance(connection.credential, ServiceAppKey)
            else connection.credential
        )
        yield await asyncio.to_thread(_organization, url, session, credential, pace, gate or OpenGate())


def _organization(
    url: str, session: aiohttp.ClientSession, credential: Credential, pace: Pace, gate: Gate
) -> Organization:
    """Made beside the event loop: importing the SDK takes half a second in which nothing else would happen."""
    from okta_hooks.okta.event_hooks import SdkEventHooks  # noqa: PLC0415
    from okta_hooks.okta.sdk import Executor, SlimApi  # noqa: PLC0415
    from okta_hooks.okta.system_log import SdkSystemLog  # noqa: PLC0415

    api = SlimApi(url, Executor(session, credential, gate))
    return Organization(SdkEventHooks(api, pace), SdkSystemLog(api, pace), pace, credential)
