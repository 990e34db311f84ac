"""A provider of security events, and an organisation that takes them, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer

from okta_simulator.credentials.keys import KeyPair
from okta_simulator.management.security_events import SecurityEventsProvidersResource, SecurityEventsReceiver
from okta_simulator.options import Options
from okta_simulator.security_events.documents import PublishedDocuments
from okta_simulator.security_events.keys import ProviderKeys
from okta_simulator.security_events.kinds import USER_RISK_CHANGE
from okta_simulator.security_events.receiver import Receiver
from okta_simulator.security_events.registry import Providers
from unit.okta_simulator.directory.small_company import Company
from unit.okta_simulator.management_client import ORGANIZATION_URL, Answer, Client, answering

ISSUER = "https://transmitter.example.com"
PROVIDERS = "/api/v1/security-events-providers"
RECEIVER = "/security/api/v1/security-events"


@dataclass
class Signals:
    """An organisation that takes security events."""

    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        self.company = Company(self.options)
        documents = PublishedDocuments(self.options.endpoints)
        company = self.company
        self.providers = Providers(company.recorder, company.ids, company.log, documents)
        self.keys = ProviderKeys(documents, company.clock)
        self.receiver = Receiver(
            self.providers,
            self.keys,
            directory=company.directory,
            risks=company.risk,
            audit=company.log,
            clock=company.clock,
            client_time=company.clock.now,
            audience=ORGANIZATION_URL,
        )

    @property
    def received(self) -> list[str]:
        """The results of what the log says was received."""
        entries = self.company.log.entries
        return [entry.result for entry in entries if entry.event_type == "security.events.provider.receive_event"]

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[Client]:
        resource = SecurityEventsProvidersResource(self.providers, self.keys, self.options, ORGANIZATION_URL)
        routes = SecurityEventsReceiver(self.receiver, self.options).routes()
        async with answering(self.company.administrator, resource, routes=routes) as client:
            yield client

    def risk_change(self, **changes: object) -> dict[str, object]:
        """A complete event about Grace Kim."""
        return {
            "event_timestamp": int(self.company.clock.now().timestamp()),
            "subjects": {"user": {"format": "email", "email": "grace.kim@example.com"}},
            "current_level": "high",
            "previous_level": "low",
            "initiating_entity": "policy",
            "reason_admin": {"en": "Malware on the laptop"},
        } | changes

    def claims(self, **changes: object) -> dict[str, object]:
        """The content of a complete token."""
        return {
            "iss": ISSUER,
            "aud": ORGANIZATION_URL + "/",
            "jti": "24c63fb56f",
            "iat": int(self.company.clock.now().timestamp()),
            "events": {USER_RISK_CHANGE: self.risk_change()},
        } | changes


def sign(claims: Mapping[str, object], key: KeyPair, **header: str | None) -> str:
    """A token; a header of None is left out."""
    headers = {"kid": key.kid, "typ": "secevent+jwt"} | header
    return jwt.encode(dict(claims), key.private_pem, algorithm=headers.pop("alg", "RS256"), headers=headers)


async def send(client: Client, token: str) -> Answer:
    return await client.send(RECEIVER, token.encode(), "application/secevent+jwt")


def provider(**settings: object) -> dict[str, object]:
    """The body that registers a provider."""
    return {"name": "Transmitter", "type": "endpoint protection", "settings": settings}


@asynccontextmanager
async def publishing(keys: Sequence[KeyPair]) -> AsyncIterator[str]:
    """A provider's own server, which shows its configuration and whatever keys are in the list at the time.

    Yields:
        Its URL, which is its issuer too.
    """

    async def configuration(request: web.Request) -> web.Response:
        origin = str(request.url.origin())
        return web.json_response({"issuer": origin, "jwks_uri": f"{origin}/keys"})

    async def jwks(_: web.Request) -> web.Response:
        return web.json_response({"keys": [dict(key.public_jwk) for key in keys]})

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" " * 65_536)
        return response

    async def elsewhere(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "/keys"})

    application = web.Application()
    application.router.add_get("/.well-known/ssf-configuration", configuration)
    application.router.add_get("/keys", jwks)
    application.router.add_get("/endless", endless)
    application.router.add_get("/elsewhere", elsewhere)
    async with TestServer(application) as server:
        yield str(server.make_url("")).rstrip("/")
