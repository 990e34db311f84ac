"""A network zone (Okta's `NetworkZone`)."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from okta_simulator.audit import Target
from okta_simulator.zones.addresses import Address
from okta_simulator.zones.places import Location

Usage = Literal["POLICY", "BLOCKLIST"]
ZoneType = Literal["IP", "DYNAMIC", "DYNAMIC_V2"]
Item = TypeVar("Item")


class Chosen(msgspec.Struct, Generic[Item], frozen=True):
    """What an enhanced dynamic zone takes in, and what it leaves out again."""

    include: tuple[Item, ...] = ()
    exclude: tuple[Item, ...] = ()


class IpContent(msgspec.Struct, frozen=True, tag_field="type", tag="IP", rename="camel"):
    """The addresses of an IP zone; a blocklist has no proxies."""

    gateways: tuple[Address, ...] = ()
    proxies: tuple[Address, ...] | None = None


class DynamicContent(msgspec.Struct, frozen=True, tag_field="type", tag="DYNAMIC", rename="camel"):
    """The places, networks and kind of proxy that must all fit; what is empty fits always, as does no kind at all."""

    asns: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    proxy_type: str | UnsetType = UNSET


class EnhancedContent(msgspec.Struct, frozen=True, tag_field="type", tag="DYNAMIC_V2", rename="camel"):
    """The same for an enhanced dynamic zone, which also knows services such as VPNs by name."""

    asns: Chosen[str] = Chosen()
    locations: Chosen[Location] = Chosen()
    ip_service_categories: Chosen[str] = Chosen()


Content: TypeAlias = IpContent | DynamicContent | EnhancedContent


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A zone.

    Attributes:
        system_name: The name that Okta gave to a system zone, which stays when it is renamed; None for custom zones.
        used_by: The names of policies that speak of the zone.
    """

    id: str
    name: str
    status: Literal["ACTIVE", "INACTIVE"]
    usage: Usage
    content: Content
    created: datetime
    last_updated: datetime
    system_name: str | None = None
    used_by: frozenset[str] = frozenset()

    @property
    def type(self) -> ZoneType:
        """Okta's word for the kind of zone."""
        match self.content:
            case IpContent():
                return "IP"
            case DynamicContent():
                return "DYNAMIC"
            case EnhancedContent():
                return "DYNAMIC_V2"

    @property
    def is_exempt_list(self) -> bool:
        """Whether its gateways get through every blocklist."""
        return self.system_name == EXEMPT

    def as_target(self) -> Target:
        """The zone as the System Log names it."""
        return Target(id=self.id, type="Zone", display_name=self.name)


EXEMPT = "DefaultExemptIpZone"
"""The system zone whose gateways are never shut out."""
