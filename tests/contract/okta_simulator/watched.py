"""An organisation whose every request and answer is held against Okta's own document."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import msgspec
from yarl import URL

from contract.okta_simulator.openapi.checking import Checker
from contract.okta_simulator.openapi.differences import KNOWN
from contract.okta_simulator.openapi.exchange import Exchange
from contract.okta_simulator.openapi.recording import Recording, recording
from okta_simulator.events.log_event import LogEvent
from okta_simulator.options import Options
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from unit.okta_simulator.event_hooks.receiver import Receiver


@dataclass(frozen=True)
class Watched:
    """An organisation that answers, a record of what it answered, and an endpoint for its hooks."""

    organization: Organization
    receiver: Receiver
    recording: Recording
    session: aiohttp.ClientSession
    """A client without a credential of its own."""
    _token: str

    @property
    def url(self) -> str:
        return self.organization.url

    def emit(self, event_type: str) -> LogEvent:
        """Let something happen."""
        event = self.organization.activity.generator.of_type(event_type)
        self.organization.events.emitter.emit(event)
        return event

    async def ask(self, method: str, path: str, json: object = None, *, token: str | None = None) -> Exchange:
        """Send a request with an API token: the administrator's unless it is given, none where it is empty."""
        secret = self._token if token is None else token
        headers = {"Authorization": f"SSWS {secret}"} if secret else {}
        if json is None:
            return await self.send(method, path, headers=headers)
        headers["Content-Type"] = "application/json"
        return await self.send(method, path, msgspec.json.encode(json), headers=headers)

    async def send(
        self, method: str, path: str, body: bytes = b"", *, headers: Mapping[str, str] | None = None
    ) -> Exchange:
        """Send anything."""
        url = URL(self.url + path, encoded=True)
        async with self.session.request(method, url, data=body or None, headers=headers) as response:
            await response.read()
        return self.recording.exchanges[-1]


def assert_as_documented(exchanges: list[Exchange], checker: Checker) -> None:
    """See that nothing differs from Okta's document but what is known to."""
    complaints = {complaint for exchange in exchanges for complaint in checker.complaints(exchange)}
    unexplained = [str(one) for one in complaints if not any(known.explains(one) for known in KNOWN)]
    assert not unexplained, "\n".join(sorted(unexplained))


@asynccontextmanager
async def watching(
    receiver: Receiver, options: Options | None = None, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Watched]:
    """Let an organisation answer while the context lasts; with TLS its clients have to trust the certificate."""
    front = listen(tls=tls)
    organization = Organization(options, url=front.url)
    async with (
        serve(organization, listen()) as behind,
        recording(front, behind) as record,
        aiohttp.ClientSession() as session,
    ):
        yield Watched(organization, receiver, record, session, organization.api_token())
