"""Who is shut out before any policy is looked at."""

from __future__ import annotations

import pytest

from okta_simulator.zones.addresses import Address
from okta_simulator.zones.blocking import Origin, blocking_zone
from okta_simulator.zones.body import ChosenBody, ZoneBody
from okta_simulator.zones.places import Location
from okta_simulator.zones.zone import Usage
from unit.okta_simulator.zones.zoned_organization import ADMINISTRATOR, Zoned

BAD = Origin("203.0.113.9")
BAD_BLOCK = (Address("CIDR", "203.0.113.0/24"),)


def blocklist(zoned: Zoned, usage: Usage = "BLOCKLIST") -> str:
    body = ZoneBody(type="IP", name="Bad", usage=usage, gateways=BAD_BLOCK)
    return zoned.zones.create(body, ADMINISTRATOR).id


def is_blocked(zoned: Zoned, origin: Origin) -> bool:
    return blocking_zone(zoned.zones, origin) is not None


def test_nobody_is_shut_out_at_first(zoned: Zoned) -> None:
    assert not is_blocked(zoned, BAD)


def test_a_blocklist_shuts_its_addresses_out_and_no_others(zoned: Zoned) -> None:
    blocklist(zoned)
    assert is_blocked(zoned, BAD)
    assert not is_blocked(zoned, Origin("198.51.100.1"))


def test_the_zone_that_shuts_out_is_named(zoned: Zoned) -> None:
    zone_id = blocklist(zoned)
    zone = blocking_zone(zoned.zones, BAD)
    assert zone is not None
    assert zone.id == zone_id


def test_a_policy_zone_shuts_nobody_out(zoned: Zoned) -> None:
    blocklist(zoned, "POLICY")
    assert not is_blocked(zoned, BAD)


def test_an_inactive_blocklist_shuts_nobody_out(zoned: Zoned) -> None:
    zoned.zones.deactivate(blocklist(zoned), ADMINISTRATOR)
    assert not is_blocked(zoned, BAD)


def test_the_exempt_list_gets_through_every_blocklist(zoned: Zoned) -> None:
    blocklist(zoned)
    exempt = ZoneBody(type="IP", name="Exempt", gateways=(Address("CIDR", "203.0.113.9/32"),), use_as_exempt_list=True)
    zoned.zones.replace(zoned.system_zone("DefaultExemptIpZone"), exempt, ADMINISTRATOR)
    assert not is_blocked(zoned, BAD)
    assert is_blocked(zoned, Origin("203.0.113.10"))


@pytest.mark.parametrize(
    ("origin", "blocked"),
    [
        (Origin("203.0.113.9", country="DE", asn="64496"), True),
        (Origin("203.0.113.9", country="US", region="US-CA", asn="64496"), True),
        (Origin("203.0.113.9", country="US", region="US-NY", asn="64496"), False),
        (Origin("203.0.113.9", country="DE", asn="64497"), False),
        (Origin("203.0.113.9"), False),
    ],
)
def test_a_dynamic_zone_wants_place_and_network_to_fit(zoned: Zoned, origin: Origin, blocked: bool) -> None:  # noqa: FBT001
    places = (Location("DE"), Location("US", "US-CA"))
    body = ZoneBody(type="DYNAMIC", name="Far", usage="BLOCKLIST", locations=places, asns=("64496",))
    zoned.zones.create(body, ADMINISTRATOR)
    assert is_blocked(zoned, origin) == blocked


@pytest.mark.parametrize(
    ("proxy_type", "services", "blocked"),
    [
        ("Any", {"NORD_VPN"}, True),
        ("Any", set(), False),
        ("Tor", {"ANONYMIZER_TOR"}, True),
        ("Tor", {"NORD_VPN"}, False),
        ("NotTorAnonymizer", {"ANONYMIZER_TOR"}, False),
        ("null", set(), True),
    ],
)
def test_a_dynamic_zone_knows_kinds_of_proxies(
    zoned: Zoned,
    proxy_type: str,
    services: set[str],
    blocked: bool,  # noqa: FBT001
) -> None:
    body = ZoneBody(type="DYNAMIC", name="Proxies", usage="BLOCKLIST", proxy_type=proxy_type)
    zoned.zones.create(body, ADMINISTRATOR)
    assert is_blocked(zoned, Origin("203.0.113.9", services=frozenset(services))) == blocked


def test_an_enhanced_dynamic_zone_leaves_out_what_it_excludes(zoned: Zoned) -> None:
    services = ChosenBody(include=("ALL_IP_SERVICES",), exclude=("APPLE_ICLOUD_RELAY_PROXY",))
    body = ZoneBody(type="DYNAMIC_V2", name="Services", usage="BLOCKLIST", ip_service_categories=services)
    zoned.zones.create(body, ADMINISTRATOR)
    assert is_blocked(zoned, Origin("203.0.113.9", services=frozenset({"NORD_VPN"})))
    assert not is_blocked(zoned, Origin("203.0.113.9", services=frozenset({"APPLE_ICLOUD_RELAY_PROXY"})))
    assert not is_blocked(zoned, Origin("203.0.113.9"))
