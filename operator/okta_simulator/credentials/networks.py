"""The network zones that API tokens can be bound to."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from okta_simulator.zones.addresses import range_of
from okta_simulator.zones.zone import IpContent, Zone


@dataclass(frozen=True)
class IpZones:
    """Finds addresses in IP zones, the only ones that a token can be bound to (`ZoneMembership`)."""

    zones: Iterable[Zone]

    def contains(self, zone_id: str, address: str) -> bool:
        """Whether an address is among the gateways of an active IP zone."""
        try:
            wanted = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(
            wanted in range_of(gateway)
            for zone in self.zones
            if zone.id == zone_id and zone.status == "ACTIVE" and isinstance(zone.content, IpContent)
            for gateway in zone.content.gateways
        )
