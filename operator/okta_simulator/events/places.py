"""Where people are, and through whose network they come.

No address is anybody's: all lie in ranges reserved for documentation and benchmarks (RFC 5737, RFC 2544, RFC 3849), and
so do the numbers of the networks (RFC 5398). Cities and their coordinates are real, so that distances are.
"""

from __future__ import annotations

import ipaddress
import zlib
from dataclasses import dataclass
from random import Random

from okta_simulator.json_values import JsonObject


@dataclass(frozen=True)
class Place:
    """A city, as Okta's location database would know it."""

    city: str
    state: str
    country: str
    postal_code: str
    latitude: float
    longitude: float

    def as_json(self) -> JsonObject:
        """Okta's `geographicalContext`."""
        return {
            "city": self.city,
            "state": self.state,
            "country": self.country,
            "postalCode": self.postal_code,
            "geolocation": {"lat": self.latitude, "lon": self.longitude},
        }


@dataclass(frozen=True)
class Network:
    """A provider of addresses."""

    as_number: int
    as_organization: str
    isp: str
    domain: str
    prefix: str
    is_proxy: bool = False

    def address(self, random: Random) -> str:
        """One of its addresses."""
        network = ipaddress.ip_network(self.prefix)
        return str(network[random.randrange(1, min(network.num_addresses, 1 << 32) - 1)])

    def as_json(self) -> JsonObject:
        """Okta's `securityContext`."""
        return {
            "asNumber": self.as_number,
            "asOrg": self.as_organization,
            "isp": self.isp,
            "domain": self.domain,
            "isProxy": self.is_proxy,
        }


@dataclass(frozen=True)
class Spot:
    """An address, and what is known of it."""

    address: str
    place: Place
    network: Network

    def as_json(self) -> JsonObject:
        """An element of Okta's `ipChain`."""
        return {
            "ip": self.address,
            "geographicalContext": self.place.as_json(),
            "version": f"V{ipaddress.ip_address(self.address).version}",
            "source": None,
        }


PLACES = (
    Place("San Francisco", "California", "United States", "94103", 37.7726, -122.4099),
    Place("New York", "New York", "United States", "10013", 40.7185, -74.0025),
    Place("London", "England", "United Kingdom", "EC2A", 51.5237, -0.0852),
    Place("Berlin", "State of Berlin", "Germany", "10115", 52.5323, 13.3846),
    Place("Bengaluru", "Karnataka", "India", "560001", 12.9753, 77.591),
    Place("São Paulo", "São Paulo", "Brazil", "01310", -23.5614, -46.6559),
    Place("Singapore", "Singapore", "Singapore", "048616", 1.2839, 103.8515),
    Place("Lagos", "Lagos", "Nigeria", "101241", 6.4531, 3.3958),
    Place("Bucharest", "București", "Romania", "010011", 44.4361, 26.1027),
)
OFFICE = Network(64496, "Example Corporation", "Fibre for Business", "corp.example", "198.51.100.0/24")
HOMES = (
    Network(64497, "Northern Cable", "Northern Cable", "cable.example", "198.18.0.0/18"),
    Network(64498, "City Fibre", "City Fibre", "fibre.example", "198.18.64.0/18"),
    Network(64499, "Hill Telecom", "Hill Telecom", "hill.example", "2001:db8:10::/64"),
)
MOBILE = Network(64500, "Roaming Mobile", "Roaming Mobile", "mobile.example", "198.18.128.0/17")
HOSTERS = (
    Network(64508, "Anonymous Relays", "Anonymous Relays", "relays.example", "203.0.113.0/25", is_proxy=True),
    Network(64509, "Rented Machines", "Rented Machines", "machines.example", "203.0.113.128/25"),
)
_UNLISTED = Network(64511, "Unlisted", "Unlisted", "unlisted.example", "192.0.2.0/24")


def place_of(city: str) -> Place | None:
    """The place of a city, if it is known."""
    return next((place for place in PLACES if place.city == city), None)


def spot_of(address: str) -> Spot:
    """What is known of an address that somebody names: the same each time.

    Raises:
        ValueError: It is no IP address.
    """
    ip = ipaddress.ip_address(address)
    networks = (OFFICE, *HOMES, MOBILE, *HOSTERS)
    network = next((one for one in networks if ip in ipaddress.ip_network(one.prefix)), _UNLISTED)
    return Spot(str(ip), PLACES[zlib.crc32(ip.packed) % len(PLACES)], network)
