"""The way to servers outside, such as the endpoints of hooks: where their names lead."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from okta_simulator.bad_input import BadInput


@dataclass(frozen=True)
class _Place:
    address: str
    port: int | None


class PinnedResolver(AbstractResolver):
    """Leads some names to given addresses, and looks up the others.

    Args:
        places: An address for a name; with a port on both sides only that port is led, and to another.

    Raises:
        BadInput: One of them is not of the form `name: address` or `name:port: address:port`.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = {name.lower(): _place(name, place) for name, place in places.items()}
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name."""
        place = self._places.get(f"{host.lower()}:{port}") or self._places.get(host.lower())
        if place is None:
            return await self._names.resolve(host, port, family)
        version = ipaddress.ip_address(place.address).version
        return [
            ResolveResult(
                hostname=host,
                host=place.address,
                port=place.port or port,
                family=socket.AF_INET6 if version == 6 else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _place(name: str, place: str) -> _Place:
    address, port = place, None
    if ":" in name:
        address, _, digits = place.rpartition(":")
        port = int(digits) if digits.isdecimal() and 0 < int(digits) < 65536 else None
    try:
        ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        address = ""
    if not address or (":" in name and port is None):
        raise BadInput(
            f"cannot lead {name} to {place}: write an address for a name (example.com: 10.0.0.5), "
            "or an address and a port for a name and a port (example.com:443: 10.0.0.5:8443)"
        )
    return _Place(address.strip("[]"), port)
