"""What a test or a demo of another process sees of people and zones."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from okta_simulator.control.client import ControlClient, ControlError
from okta_simulator.control.messages import Admission, SignIn
from okta_simulator.control.requests import admission, sign_in, signed_in, use_zone
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from okta_simulator.zones.blocking import Origin

GRACE = "grace.kim@example.com"


@pytest.fixture
def organization() -> Organization:
    return Organization()


@pytest.fixture
async def control(organization: Organization) -> AsyncIterator[ControlClient]:
    async with serve(organization, listen()) as url, aiohttp.ClientSession() as session:
        yield ControlClient(session, url)


async def test_who_signs_in_to_an_app_has_its_session_and_is_remembered(control: ControlClient) -> None:
    await control(sign_in(GRACE, SignIn(address="203.0.113.9", kind="app", refresh_token=True)))
    shown = await control(signed_in(GRACE))
    (session,) = shown.sessions
    assert (session.address, session.kind, session.refresh_token) == ("203.0.113.9", "app", True)
    assert shown.remembered == (session.device,)


async def test_nobody_unknown_signs_in(control: ControlClient) -> None:
    with pytest.raises(ControlError, match=r"nobody@example\.com"):
        await control(sign_in("nobody@example.com"))


async def test_a_zone_is_used_by_policies_until_it_is_not(control: ControlClient, organization: Organization) -> None:
    zone = organization.people.zones.named("LegacyIpZone")
    assert zone is not None
    assert (await control(use_zone(zone.id, "Office only"))).policies == {"Office only"}
    assert (await control(use_zone(zone.id))).policies == frozenset()


async def test_an_address_that_no_zone_blocks_is_let_in(control: ControlClient) -> None:
    assert await control(admission(Origin("203.0.113.9"))) == Admission(blocked=False)


async def test_an_address_that_is_none_is_refused(control: ControlClient) -> None:
    with pytest.raises(ControlError, match="address"):
        await control(admission(Origin("office")))
