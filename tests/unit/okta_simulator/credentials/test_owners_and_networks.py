"""What API tokens know of the directory and of network zones."""

from __future__ import annotations

import msgspec
import pytest

from okta_simulator.credentials.networks import IpZones
from okta_simulator.credentials.owners import DirectoryOwners
from okta_simulator.directory.user import UserStatus
from okta_simulator.zones.body import ZoneBody
from unit.okta_simulator.directory.small_company import Company
from unit.okta_simulator.zones.zoned_organization import ADMINISTRATOR, Zoned, ip_zone


def _owner_with_status(status: UserStatus) -> bool:
    company = Company()
    user = company.directory.administrators()[0]
    company.directory.put_user(msgspec.structs.replace(user, status=status))
    return DirectoryOwners(company.directory).active_owner(user.id) is not None


@pytest.mark.parametrize("status", ["ACTIVE", "PASSWORD_EXPIRED", "LOCKED_OUT", "RECOVERY"])
def test_tokens_live_on_while_the_account_does(status: UserStatus) -> None:
    assert _owner_with_status(status)


@pytest.mark.parametrize("status", ["SUSPENDED", "DEPROVISIONED", "STAGED", "PROVISIONED"])
def test_tokens_are_dead_with_the_account(status: UserStatus) -> None:
    assert not _owner_with_status(status)


def test_nobody_owns_nothing() -> None:
    assert DirectoryOwners(Company().directory).active_owner("00uNobody00000000000") is None


def test_an_administrator_is_known_as_one() -> None:
    company = Company()
    owner = DirectoryOwners(company.directory).active_owner(company.directory.administrators()[0].id)
    assert owner is not None
    assert owner.admin_roles == {"SUPER_ADMIN"}


@pytest.mark.parametrize(
    ("address", "inside"), [("198.51.100.7", True), ("203.0.113.7", False), ("2001:db8::1", False), ("", False)]
)
def test_an_address_is_in_a_zone_or_not(address: str, inside: bool) -> None:  # noqa: FBT001 -- the expected answer
    zoned = Zoned()
    zone = zoned.zones.create(msgspec.convert(ip_zone(), ZoneBody), ADMINISTRATOR)
    assert IpZones(zoned.zones).contains(zone.id, address) is inside


def test_an_address_is_in_no_zone_that_does_not_exist() -> None:
    assert not IpZones(Zoned().zones).contains("nzo00000000000000000", "198.51.100.7")


def test_an_address_is_not_in_a_zone_that_is_switched_off() -> None:
    zoned = Zoned()
    zone = zoned.zones.create(msgspec.convert(ip_zone(), ZoneBody), ADMINISTRATOR)
    zoned.zones.deactivate(zone.id, ADMINISTRATOR)
    assert not IpZones(zoned.zones).contains(zone.id, "198.51.100.7")
