"""A replace leaves nothing of what was there before."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.zones.addresses import Address
from okta_simulator.zones.body import ZoneBody
from okta_simulator.zones.zone import IpContent
from unit.okta_simulator.zones.zoned_organization import ADMINISTRATOR, Zoned

Entries: TypeAlias = tuple[Address, ...]

ENTRIES = st.lists(
    st.ip_addresses(v=4).map(lambda address: Address("CIDR", f"{address}/32")), min_size=1, max_size=20, unique=True
).map(tuple)


@given(foreign=ENTRIES, ours=ENTRIES)
def test_foreign_entries_that_are_not_sent_are_gone(foreign: Entries, ours: Entries) -> None:
    zones = Zoned().zones
    created = zones.create(ZoneBody(type="IP", name="Bad", gateways=foreign, proxies=foreign), ADMINISTRATOR)
    replaced = zones.replace(created.id, ZoneBody(type="IP", name="Bad", gateways=ours), ADMINISTRATOR)
    assert replaced.content == IpContent(gateways=ours, proxies=None)


@given(st.lists(ENTRIES, min_size=1, max_size=5))
def test_the_last_of_several_writers_wins(writes: list[Entries]) -> None:
    zones = Zoned().zones
    zone = zones.create(ZoneBody(type="IP", name="Bad", gateways=writes[0]), ADMINISTRATOR)
    for gateways in writes:
        zones.replace(zone.id, ZoneBody(type="IP", name="Bad", gateways=gateways), ADMINISTRATOR)
    assert zones.get(zone.id).content == IpContent(gateways=writes[-1])
