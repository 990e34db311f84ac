"""Okta's own SDK for Python blocks an address, ends sessions, and does the rest that answers a threat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from okta.client import Client
from okta.models.ip_network_zone import IPNetworkZone
from okta.models.user_risk_request import UserRiskRequest
from pydantic import ValidationError

from okta_simulator.directory.sessions import Device
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from okta_simulator.zones.blocking import Origin, blocking_zone

GRACE = "grace.kim@example.com"
BAD = Origin("203.0.113.9")


@pytest.fixture
async def organization() -> AsyncIterator[Organization]:
    listener = listen()
    organization = Organization(url=listener.url)
    async with serve(organization, listener):
        yield organization


@pytest.fixture
async def client(organization: Organization, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """With a token of the administrator's."""
    monkeypatch.setenv("OKTA_TESTING_TESTINGDISABLEHTTPSCHECK", "true")  # the SDK refuses plain HTTP unless it is set
    async with Client({"orgUrl": organization.url, "token": organization.api_token()}) as client:
        client.configuration.access_token = None  # else the SDK sends `SSWS` and the token without a space
        yield client


async def _done(call: Awaitable[Any]) -> Any:  # noqa: ANN401 -- the SDK's own word for what it gives
    """What the SDK made of an answer that is no error."""
    answer = await _answer(call)
    assert answer[-1] is None
    return answer[0]


async def _answer(call: Awaitable[Any]) -> tuple[Any, ...]:
    """What the SDK gives, whose annotations do not always say so."""
    return tuple(await call)


def _blocklist(*blocks: str) -> IPNetworkZone:
    gateways = [{"type": "CIDR", "value": block} for block in blocks]
    body = {"type": "IP", "name": "Bad addresses", "usage": "BLOCKLIST", "gateways": gateways}
    return IPNetworkZone.model_validate(body)


async def test_an_address_is_blocked_and_let_in_again(organization: Organization, client: Client) -> None:
    zones = organization.people.zones
    zone = await _done(client.create_network_zone(_blocklist("203.0.113.9/32")))
    assert blocking_zone(zones, BAD) is not None
    await _done(client.replace_network_zone(zone.id, _blocklist("198.51.100.1/32")))
    assert blocking_zone(zones, BAD) is None


async def test_a_zone_is_switched_off_and_deleted(client: Client) -> None:
    zone = await _done(client.create_network_zone(_blocklist("203.0.113.9/32")))
    assert (await _done(client.deactivate_network_zone(zone.id))).status == "INACTIVE"
    await _done(client.delete_network_zone(zone.id))
    assert await _done(client.list_network_zones(filter=f'id eq "{zone.id}"')) == []


async def test_deleting_an_active_zone_is_refused_in_words(client: Client) -> None:
    zone = await _done(client.create_network_zone(_blocklist("203.0.113.9/32")))
    *_, error = await _answer(client.delete_network_zone(zone.id))
    assert (error.status, error.error_code) == (400, "E0000001")


async def test_system_zones_are_found_by_a_filter(client: Client) -> None:
    found = await _done(client.list_network_zones(filter='system eq true and usage eq "POLICY"'))
    assert {zone.name for zone in found} == {"LegacyIpZone", "DefaultExemptIpZone"}


async def test_the_sdk_cannot_read_a_list_with_an_enhanced_dynamic_zone(client: Client) -> None:
    """Okta's document has arrays in `asns.include`; the SDK's model wants an object there, and raises."""
    with pytest.raises(ValidationError, match="EnhancedDynamicNetworkZoneAllOfAsnsInclude"):
        await client.list_network_zones()


async def test_sessions_are_ended(organization: Organization, client: Client) -> None:
    people = organization.people
    grace = people.directory.user(GRACE)
    people.sessions.sign_in(grace, address=BAD.address, device=Device("guo1", "Laptop"))
    await _done(client.revoke_user_sessions(grace.id, oauth_tokens=True))
    assert people.sessions.of(grace).sessions == ()


async def test_a_person_is_suspended_and_unsuspended(organization: Organization, client: Client) -> None:
    directory = organization.people.directory
    await _done(client.suspend_user(GRACE))
    assert directory.user(GRACE).status == "SUSPENDED"
    await _done(client.unsuspend_user(GRACE))
    assert directory.user(GRACE).status == "ACTIVE"


async def test_a_password_is_expired(client: Client) -> None:
    assert (await _done(client.expire_password(GRACE))).status == "PASSWORD_EXPIRED"


async def test_a_risk_is_set_and_read(client: Client) -> None:
    await _done(client.upsert_user_risk(GRACE, UserRiskRequest(riskLevel="HIGH")))
    assert (await _done(client.get_user_risk(GRACE))).risk_level == "HIGH"


async def test_people_are_read_a_page_at_a_time(client: Client) -> None:
    assert len(await _done(client.list_users(limit=5))) == 5


async def test_a_person_is_read_with_groups_and_roles(client: Client) -> None:
    sofia = await _done(client.get_user("sofia.lindgren@example.com"))
    groups = await _done(client.list_user_groups(sofia.id))
    assert {group.profile.actual_instance.name for group in groups} == {"Everyone", "IT"}
    (role,) = await _done(client.list_assigned_roles_for_user(sofia.id))
    assert role.actual_instance.type == "SUPER_ADMIN"
