"""Okta's own SDK for Python blocks an address, ends sessions, and does the rest that answers a threat."""

from __future__ import annotations

import json

import pytest
from okta.models.ip_network_zone import IPNetworkZone
from okta.models.security_events_provider_request import SecurityEventsProviderRequest
from okta.models.user_risk_request import UserRiskRequest
from pydantic import ValidationError

from contract.okta_simulator.okta_sdk import OktaSdk, done, understood
from contract.okta_simulator.scenarios.requests import PROVIDER
from contract.okta_simulator.watched import Watched
from okta_simulator.directory.sessions import Device
from okta_simulator.directory.user import User
from okta_simulator.zones.blocking import Origin, blocking_zone

BAD = Origin("203.0.113.9")


@pytest.fixture
def grace(okta: Watched) -> User:
    """Somebody who is named by her id: in a path with `@` the SDK's proofs are wrong."""
    return okta.organization.people.directory.user("grace.kim@example.com")


def _blocklist(*blocks: str) -> IPNetworkZone:
    gateways = [{"type": "CIDR", "value": block} for block in blocks]
    body = {"type": "IP", "name": "Bad addresses", "usage": "BLOCKLIST", "gateways": gateways}
    return IPNetworkZone.model_validate(body)


async def test_an_address_is_blocked_and_let_in_again(okta: Watched, sdk: OktaSdk) -> None:
    zones = okta.organization.people.zones
    zone = await done(sdk.create_network_zone(_blocklist("203.0.113.9/32")))
    assert blocking_zone(zones, BAD) is not None
    await done(sdk.replace_network_zone(zone.id, _blocklist("198.51.100.1/32")))
    assert blocking_zone(zones, BAD) is None


async def test_a_zone_is_switched_off_and_deleted(sdk: OktaSdk) -> None:
    zone = await done(sdk.create_network_zone(_blocklist("203.0.113.9/32")))
    assert (await done(sdk.deactivate_network_zone(zone.id))).status == "INACTIVE"
    await done(sdk.delete_network_zone(zone.id))
    assert await done(sdk.list_network_zones(filter=f'id eq "{zone.id}"')) == []


async def test_deleting_an_active_zone_is_refused_in_words(sdk: OktaSdk) -> None:
    zone = await done(sdk.create_network_zone(_blocklist("203.0.113.9/32")))
    answer = await understood(sdk.delete_network_zone(zone.id))
    assert (answer.status, answer.error.error_code) == (400, "E0000001")


async def test_system_zones_are_found_by_a_filter(sdk: OktaSdk) -> None:
    found = await done(sdk.list_network_zones(filter='system eq true and usage eq "POLICY"'))
    assert {zone.name for zone in found} == {"LegacyIpZone", "DefaultExemptIpZone"}


async def test_the_sdk_cannot_read_a_list_with_an_enhanced_dynamic_zone(sdk: OktaSdk) -> None:
    """Okta's document has arrays in `asns.include`; the SDK's model wants an object there, and raises."""
    with pytest.raises(ValidationError, match="EnhancedDynamicNetworkZoneAllOfAsnsInclude"):
        await sdk.list_network_zones()


async def test_sessions_are_ended(okta: Watched, sdk: OktaSdk, grace: User) -> None:
    people = okta.organization.people
    people.sessions.sign_in(grace, address=BAD.address, device=Device("guo1", "Laptop"))
    await done(sdk.revoke_user_sessions(grace.id, oauth_tokens=True))
    assert people.sessions.of(grace).sessions == ()


async def test_a_person_is_suspended_and_unsuspended(okta: Watched, sdk: OktaSdk, grace: User) -> None:
    directory = okta.organization.people.directory
    await done(sdk.suspend_user(grace.id))
    assert directory.user(grace.id).status == "SUSPENDED"
    await done(sdk.unsuspend_user(grace.id))
    assert directory.user(grace.id).status == "ACTIVE"


async def test_a_password_is_expired(sdk: OktaSdk, grace: User) -> None:
    assert (await done(sdk.expire_password(grace.id))).status == "PASSWORD_EXPIRED"


async def test_a_risk_is_set_and_read(sdk: OktaSdk, grace: User) -> None:
    await done(sdk.upsert_user_risk(grace.id, UserRiskRequest(riskLevel="HIGH")))
    assert (await done(sdk.get_user_risk(grace.id))).risk_level == "HIGH"


async def test_people_are_read_a_page_at_a_time(sdk: OktaSdk) -> None:
    assert len(await done(sdk.list_users(limit=5))) == 5


async def test_a_person_is_read_with_groups_and_roles(sdk: OktaSdk) -> None:
    sofia = await done(sdk.get_user("sofia.lindgren"))
    groups = await done(sdk.list_user_groups(sofia.id))
    assert {group.profile.actual_instance.name for group in groups} == {"Everyone", "IT"}
    (role,) = await done(sdk.list_assigned_roles_for_user(sofia.id))
    assert role.actual_instance.type == "SUPER_ADMIN"


async def test_everybody_who_has_a_role_is_listed(sdk: OktaSdk) -> None:
    assignees = await done(sdk.list_users_with_role_assignments())
    assert "sofia.lindgren@example.com" in {
        (await done(sdk.get_user(assignee.id))).profile.login for assignee in assignees.value
    }


async def test_a_group_is_read_with_members_and_roles(sdk: OktaSdk) -> None:
    (group,) = await done(sdk.list_groups(q="IT"))
    assert (await done(sdk.get_group(group.id))).id == group.id
    assert await done(sdk.list_group_users(group.id))
    assert await done(sdk.list_group_assigned_roles(group.id)) == []


async def test_factors_are_reset(sdk: OktaSdk, grace: User) -> None:
    await done(sdk.reset_factors(grace.id))


async def test_a_temporary_password_is_given_for_which_the_sdk_has_no_model(sdk: OktaSdk, grace: User) -> None:
    answer = await understood(sdk.expire_password_with_temp_password(grace.id))
    assert "tempPassword" in json.loads(answer.raw)


async def test_the_organisation_says_which_engine_it_runs_on(sdk: OktaSdk) -> None:
    assert (await done(sdk.get_wellknown_org_metadata())).pipeline == "idx"


async def test_a_provider_of_security_events_is_managed(sdk: OktaSdk) -> None:
    body = SecurityEventsProviderRequest.from_dict(dict(PROVIDER))
    assert body is not None
    provider = await done(sdk.create_security_events_provider_instance(body))
    assert (await done(sdk.get_security_events_provider_instance(provider.id))).name == "Transmitter"
    await done(sdk.replace_security_events_provider_instance(provider.id, body))
    assert (await done(sdk.deactivate_security_events_provider_instance(provider.id))).status == "INACTIVE"
    assert (await done(sdk.activate_security_events_provider_instance(provider.id))).status == "ACTIVE"
    await done(sdk.delete_security_events_provider_instance(provider.id))
    assert await done(sdk.list_security_events_provider_instances()) == []
