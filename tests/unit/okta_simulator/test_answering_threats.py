"""What a responder does to people and addresses, in a whole organisation, as the System Log and the world see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
import pytest

from okta_simulator.activity.sign_ins import SignInResult
from okta_simulator.caller import SYSTEM
from okta_simulator.credentials.keys import generate
from okta_simulator.directory.sessions import Device
from okta_simulator.organization import Organization
from okta_simulator.security_events.kinds import USER_RISK_CHANGE
from okta_simulator.server import listen, serve
from unit.okta_simulator.security_events.signals import ISSUER, provider, sign

GRACE = "/api/v1/users/grace.kim@example.com"


@dataclass(frozen=True)
class Tenant:
    """An organisation that answers, and a client with a token of its administrator's."""

    organization: Organization
    session: aiohttp.ClientSession

    async def do(self, method: str, path: str, json: object = None) -> int:
        async with self.session.request(method, path, json=json) as response:
            return response.status

    async def logged(self, event_type: str) -> list[dict[str, object]]:
        query = {"filter": f'eventType eq "{event_type}"'}
        async with self.session.get("/api/v1/logs", params=query) as response:
            entries: list[dict[str, object]] = await response.json()
            return entries

    async def block(self, block: str) -> None:
        zones = self.organization.people.zones
        zone = zones.named("BlockedIpZone")
        assert zone is not None
        body = {"type": "IP", "name": zone.name, "usage": "BLOCKLIST", "gateways": [{"type": "CIDR", "value": block}]}
        assert await self.do("PUT", f"/api/v1/zones/{zone.id}", body) == 200


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    listener = listen()
    organization = Organization(url=listener.url)
    headers = {"Authorization": f"SSWS {organization.api_token()}"}
    async with serve(organization, listener) as url, aiohttp.ClientSession(url, headers=headers) as session:
        yield Tenant(organization, session)


async def test_ended_sessions_are_gone_and_logged_with_who_did_it(tenant: Tenant) -> None:
    people = tenant.organization.people
    grace = people.directory.user("grace.kim")
    people.sessions.sign_in(grace, address="203.0.113.9", device=Device("guo1", "Laptop"))
    assert await tenant.do("DELETE", f"{GRACE}/sessions") == 204
    assert people.sessions.of(grace).sessions == ()
    (entry,) = await tenant.logged("user.session.clear")
    actor = entry["actor"]
    assert isinstance(actor, dict)
    assert actor["id"] == people.super_administrator().id


async def test_a_blocked_address_is_shut_out_of_sign_in(tenant: Tenant) -> None:
    organization = tenant.organization
    await tenant.block("203.0.113.9/32")
    grace = organization.people.directory.user("grace.kim")
    assert organization.activity.sign_ins.attempt(grace, address="203.0.113.9") is SignInResult.BLOCKED
    assert organization.people.sessions.of(grace).sessions == ()
    assert len(await tenant.logged("security.request.blocked")) == 1


async def test_a_blocklist_comes_before_everything_and_locks_its_author_out(tenant: Tenant) -> None:
    await tenant.block("127.0.0.0/8")
    assert await tenant.do("GET", "/api/v1/users/me") == 403
    assert await tenant.do("GET", "/.well-known/okta-organization") == 403
    zone = tenant.organization.people.zones.named("BlockedIpZone")
    assert zone is not None
    tenant.organization.people.zones.deactivate(zone.id, SYSTEM)
    assert await tenant.do("GET", "/api/v1/users/me") == 200
    assert len(await tenant.logged("security.request.blocked")) == 2


async def test_a_suspended_owner_takes_the_token_along(tenant: Tenant) -> None:
    assert await tenant.do("POST", "/api/v1/users/me/lifecycle/suspend") == 200
    assert await tenant.do("GET", "/api/v1/users/me") == 401


async def test_a_signal_from_a_provider_raises_the_risk_of_a_person(tenant: Tenant) -> None:
    key = generate("key-1")
    registration = provider(issuer=ISSUER, jwks={"keys": [dict(key.public_jwk)]})
    assert await tenant.do("POST", "/api/v1/security-events-providers", registration) == 200
    now = int(datetime.now(UTC).timestamp())
    event = {
        "event_timestamp": now,
        "subjects": {"user": {"format": "email", "email": "grace.kim@example.com"}},
        "current_level": "high",
        "previous_level": "low",
        "reason_admin": {"en": "Malware on the laptop"},
    }
    claims = {
        "iss": ISSUER,
        "aud": tenant.organization.url,
        "jti": "1",
        "iat": now,
        "events": {USER_RISK_CHANGE: event},
    }
    headers = {"Content-Type": "application/secevent+jwt"}
    async with (
        aiohttp.ClientSession(tenant.organization.url) as stranger,
        stranger.post("/security/api/v1/security-events", data=sign(claims, key), headers=headers) as response,
    ):
        assert response.status == 202
    async with tenant.session.get(f"{GRACE}/risk") as response:
        assert (await response.json())["riskLevel"] == "HIGH"
    assert len(await tenant.logged("user.risk.change")) == 1
