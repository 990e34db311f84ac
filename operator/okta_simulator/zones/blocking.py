"""Who is shut out: Okta looks at blocklists before any policy, for every URL of the organisation."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import msgspec
from msgspec import UNSET

from okta_simulator.zones.addresses import IpAddress, range_of
from okta_simulator.zones.places import Location
from okta_simulator.zones.zone import DynamicContent, EnhancedContent, IpContent, Zone

_TOR = "ANONYMIZER_TOR"


class Origin(msgspec.Struct, frozen=True):
    """Where a request comes from.

    Args:
        address: Its IP address.
        country: ISO 3166-1 code of the address's place, empty where it is not known.
        region: ISO 3166-2 code, such as `US-CA`, empty where it is not known.
        asn: Number of the network, empty where it is not known.
        services: Okta's categories of proxies and VPNs that the address belongs to, such as `ANONYMIZER_TOR`.
    """

    address: str
    country: str = ""
    region: str = ""
    asn: str = ""
    services: frozenset[str] = frozenset()


def blocking_zone(zones: Iterable[Zone], origin: Origin) -> Zone | None:
    """The zone that shuts a request out; None lets it in.

    Raises:
        ValueError: The address is not an IP address.
    """
    address = ipaddress.ip_address(origin.address)
    active = [zone for zone in zones if zone.status == "ACTIVE"]
    if any(zone.is_exempt_list and _holds(zone, address, origin) for zone in active):
        return None
    blocklists = (zone for zone in active if zone.usage == "BLOCKLIST")
    return next((zone for zone in blocklists if _holds(zone, address, origin)), None)


def _holds(zone: Zone, address: IpAddress, origin: Origin) -> bool:
    match zone.content:
        case IpContent(gateways):
            return any(address in range_of(gateway) for gateway in gateways)
        case DynamicContent() as content:
            return _dynamic_holds(content, origin)
        case EnhancedContent() as content:
            return _enhanced_holds(content, origin)


def _dynamic_holds(content: DynamicContent, origin: Origin) -> bool:
    proxies = {
        UNSET: True,
        "null": not origin.services,
        "Any": bool(origin.services),
        "Tor": _TOR in origin.services,
        "NotTorAnonymizer": bool(origin.services - {_TOR}),
    }
    return (
        (not content.asns or origin.asn in content.asns)
        and (not content.locations or _is_in(origin, content.locations))
        and proxies[content.proxy_type]
    )


def _enhanced_holds(content: EnhancedContent, origin: Origin) -> bool:
    asns, locations, services = content.asns, content.locations, content.ip_service_categories
    included = (
        (not asns.include or origin.asn in asns.include)
        and (not locations.include or _is_in(origin, locations.include))
        and (not services.include or _is_served(origin, services.include))
    )
    excluded = origin.asn in asns.exclude or _is_in(origin, locations.exclude) or _is_served(origin, services.exclude)
    return included and not excluded


def _is_in(origin: Origin, locations: Iterable[Location]) -> bool:
    return any(
        origin.country == location.country and (not location.region or origin.region == location.region)
        for location in locations
    )


def _is_served(origin: Origin, categories: Iterable[str]) -> bool:
    """Whether a category fits; the one of all services does so whenever the address belongs to any."""
    return any(
        category in origin.services or (category == "ALL_IP_SERVICES" and origin.services) for category in categories
    )
