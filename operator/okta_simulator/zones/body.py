"""What a client sends of a zone, and the rules it must keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

import msgspec
from msgspec import UNSET

from okta_simulator.errors import OktaError, validation_failed
from okta_simulator.zones.addresses import Address, range_of
from okta_simulator.zones.places import Location, complaint
from okta_simulator.zones.zone import (
    Chosen,
    Content,
    DynamicContent,
    EnhancedContent,
    IpContent,
    Item,
    Usage,
    ZoneType,
)

_LONGEST_NAME = 128
_MOST_ITEMS = 75  # of locations, networks or services in one list
_PROXY_TYPES = ("null", "", "Any", "Tor", "NotTorAnonymizer")


class ChosenBody(msgspec.Struct, Generic[Item], frozen=True):
    """What is taken in and left out again; clients also send null where it is nothing."""

    include: tuple[Item, ...] | None = None
    exclude: tuple[Item, ...] | None = None

    def chosen(self) -> Chosen[Item]:
        """The same without null."""
        return Chosen(self.include or (), self.exclude or ())


class ZoneBody(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A zone as a request holds it; what Okta decides itself, such as `status`, is read over."""

    type: ZoneType
    name: str = ""
    usage: Usage | None = None
    use_as_exempt_list: bool | None = None
    gateways: tuple[Address, ...] | None = None
    proxies: tuple[Address, ...] | None = None
    asns: tuple[str, ...] | ChosenBody[str] | None = None
    locations: tuple[Location, ...] | ChosenBody[Location] | None = None
    proxy_type: str | None = None
    ip_service_categories: ChosenBody[str] | None = None


def require_name(name: str) -> None:
    """Refuse a name that no zone may have.

    Raises:
        OktaError: E0000001, it is blank or too long.
    """
    if not name.strip():
        raise validation_failed("name", "name: The field cannot be left blank")
    if len(name) > _LONGEST_NAME:
        raise validation_failed("name", f"name: The field must not be longer than {_LONGEST_NAME} characters")


def content_of(body: ZoneBody, usage: Usage, most: int) -> Content:
    """What the zone consists of, checked.

    Args:
        body: The request.
        usage: What the zone is to be used for.
        most: Entries that its gateways or proxies may have.

    Raises:
        OktaError: E0000001, a rule is broken; E0000003, a list where an object belongs, or the reverse.
    """
    match body.type:
        case "IP":
            return _ip_content(body, usage, most)
        case "DYNAMIC":
            return _dynamic_content(body)
        case "DYNAMIC_V2":
            return _enhanced_content(body)


def _ip_content(body: ZoneBody, usage: Usage, most: int) -> IpContent:
    gateways, proxies = body.gateways or (), body.proxies or ()
    if usage == "BLOCKLIST" and proxies:
        raise validation_failed("proxies", "proxies: A blocklist zone cannot have proxies.")
    for name, addresses in (("gateways", gateways), ("proxies", proxies)):
        if len(addresses) > most:
            raise validation_failed(name, f"{name}: No more than {most} entries may be included in this zone.")
        _require_all(name, addresses, _complaint_of_address)
    return IpContent(gateways, proxies or None)


def _dynamic_content(body: ZoneBody) -> DynamicContent:
    if isinstance(body.asns, ChosenBody) or isinstance(body.locations, ChosenBody):
        raise OktaError("E0000003")
    asns, locations = body.asns or (), body.locations or ()
    if body.proxy_type is not None and body.proxy_type not in _PROXY_TYPES:
        raise validation_failed("proxyType", f"proxyType: {body.proxy_type} is not a proxy type.")
    _require_networks(asns)
    _require_locations(locations)
    if not (asns or locations or body.proxy_type):
        raise validation_failed("zone", "At least one of asns, locations and proxyType must be given.")
    return DynamicContent(asns, locations, body.proxy_type or UNSET)


def _enhanced_content(body: ZoneBody) -> EnhancedContent:
    if isinstance(body.asns, tuple) or isinstance(body.locations, tuple):
        raise OktaError("E0000003")
    asns = (body.asns or ChosenBody()).chosen()
    locations = (body.locations or ChosenBody()).chosen()
    services = (body.ip_service_categories or ChosenBody()).chosen()
    for networks in (asns.include, asns.exclude):
        _require_networks(networks)
    for places in (locations.include, locations.exclude):
        _require_locations(places)
    if not any(one.include or one.exclude for one in (asns, locations, services)):
        raise validation_failed("zone", "At least one of asns, locations and ipServiceCategories must be given.")
    return EnhancedContent(asns, locations, services)


def _require_networks(networks: Sequence[str]) -> None:
    if len(networks) > _MOST_ITEMS:
        raise validation_failed("asns", f"asns: No more than {_MOST_ITEMS} ASNs may be included in a zone.")
    _require_all("asns", networks, lambda asn: None if asn.isdecimal() else f"{asn} is not an ASN.")


def _require_locations(locations: Sequence[Location]) -> None:
    if len(locations) > _MOST_ITEMS:
        raise validation_failed(
            "locations", f"locations: No more than {_MOST_ITEMS} locations may be included in a Location Zone."
        )
    _require_all("locations", locations, complaint)


def _complaint_of_address(address: Address) -> str | None:
    try:
        range_of(address)
    except ValueError as error:
        return f"{error}."
    return None


def _require_all(name: str, items: Sequence[Item], complaint_of: Callable[[Item], str | None]) -> None:
    causes = [f"{name}: {wrong}" for item in items if (wrong := complaint_of(item))]
    if causes:
        raise validation_failed(name, *causes)
