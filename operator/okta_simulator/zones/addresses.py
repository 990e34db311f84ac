"""Gateways and proxies of a zone: blocks (`CIDR`) and ranges (`RANGE`) of IP addresses."""

from __future__ import annotations

import functools
import ipaddress
from typing import Literal, TypeAlias

import msgspec

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class Address(msgspec.Struct, frozen=True):
    """One entry as it was sent: Okta answers it unchanged, host bits included."""

    type: Literal["CIDR", "RANGE"]
    value: str


class AddressRange(msgspec.Struct, frozen=True):
    """The addresses of one version of IP from the first to the last, both included."""

    version: int
    first: int
    last: int

    def __contains__(self, address: IpAddress) -> bool:
        return self.version == address.version and self.first <= int(address) <= self.last


@functools.lru_cache(maxsize=10_000)  # every request is compared with every blocked address
def range_of(address: Address) -> AddressRange:
    """The addresses that an entry stands for.

    Raises:
        ValueError: It stands for none; the sentence says why.
    """
    return _block(address.value) if address.type == "CIDR" else _range(address.value)


def _block(text: str) -> AddressRange:
    if "/" not in text:
        raise ValueError(f"{text} has no prefix length")
    network = ipaddress.ip_network(text, strict=False)
    return AddressRange(network.version, int(network.network_address), int(network.broadcast_address))


def _range(text: str) -> AddressRange:
    first_text, dash, last_text = text.partition("-")
    if not dash:
        raise ValueError(f"{text} is not a range")
    first, last = ipaddress.ip_address(first_text.strip()), ipaddress.ip_address(last_text.strip())
    if first.version != last.version:
        raise ValueError(f"{text} begins and ends in different versions of IP")
    if int(first) > int(last):
        raise ValueError(f"{text} ends before it begins")
    return AddressRange(first.version, int(first), int(last))
