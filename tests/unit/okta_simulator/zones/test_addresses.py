"""Gateways: which addresses an entry stands for, and which entries stand for none."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.zones.addresses import Address, range_of

ADDRESSES = st.ip_addresses()


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_a_block_holds_its_own_address_whatever_its_host_bits(address: ipaddress.IPv4Address, prefix: int) -> None:
    assert address in range_of(Address("CIDR", f"{address}/{prefix}"))


@given(st.ip_addresses(v=6), st.integers(0, 128))
def test_a_block_of_ipv6_holds_as_many_as_its_prefix_says(address: ipaddress.IPv6Address, prefix: int) -> None:
    block = range_of(Address("CIDR", f"{address}/{prefix}"))
    assert block.last - block.first + 1 == 2 ** (128 - prefix)


@given(st.lists(st.ip_addresses(v=4), min_size=3, max_size=3).map(sorted))
def test_a_range_holds_what_lies_between(addresses: list[ipaddress.IPv4Address]) -> None:
    first, between, last = addresses
    assert between in range_of(Address("RANGE", f"{first}-{last}"))


@given(st.lists(st.ip_addresses(v=4), min_size=2, max_size=2, unique=True).map(sorted))
def test_a_range_that_ends_before_it_begins_is_refused(addresses: list[ipaddress.IPv4Address]) -> None:
    first, last = addresses
    with pytest.raises(ValueError, match="ends before it begins"):
        range_of(Address("RANGE", f"{last}-{first}"))


@given(ADDRESSES, ADDRESSES)
def test_a_single_address_holds_only_itself(one: ipaddress.IPv4Address, other: ipaddress.IPv4Address) -> None:
    assert (other in range_of(Address("RANGE", f"{one}-{one}"))) == (one == other)


@given(st.sampled_from(["CIDR", "RANGE"]), st.text())
def test_any_text_is_an_entry_or_refused(kind: str, text: str) -> None:
    try:
        found = range_of(Address("CIDR" if kind == "CIDR" else "RANGE", text))
    except ValueError:
        return
    assert found.first <= found.last
