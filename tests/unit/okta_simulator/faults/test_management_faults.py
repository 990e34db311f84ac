"""What becomes of requests to the management API by planned faults."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from okta_simulator.control.client import ControlClient
from okta_simulator.control.requests import add_management_fault, clear_faults, faults
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve

GROUPS, ME, RISK = "/api/v1/groups", "/api/v1/users/me", "/api/v1/users/grace.kim@example.com/risk"


@dataclass(frozen=True)
class Tenant:
    """An organisation and two ways into it."""

    session: aiohttp.ClientSession
    control: ControlClient

    async def plan(self, fault: ManagementFault) -> None:
        await self.control(add_management_fault(fault))

    async def get(self, path: str) -> tuple[int, bytes]:
        async with self.session.get(path) as response:
            return response.status, await response.read()

    async def post_event_hook(self) -> None:
        """A request that no client repeats by itself."""
        async with self.session.post("/api/v1/eventHooks", json=HOOK) as response:
            await response.read()

    async def hooks(self) -> int:
        async with self.session.get("/api/v1/eventHooks") as response:
            return len(await response.json())


HOOK = {
    "name": "hook",
    "events": {"type": "EVENT_TYPE", "items": ["user.session.start"]},
    "channel": {
        "type": "HTTP",
        "version": "1.0.0",
        "config": {
            "uri": "https://hooks.example.com",
            "authScheme": {"type": "HEADER", "key": "Authorization", "value": "secret"},
        },
    },
}


@pytest.fixture
async def tenant() -> AsyncIterator[Tenant]:
    organization = Organization()
    headers = {"Authorization": f"SSWS {organization.api_token()}"}
    async with (
        serve(organization, listen()) as url,
        aiohttp.ClientSession(url, headers=headers) as session,
        aiohttp.ClientSession() as other,
    ):
        yield Tenant(session, ControlClient(other, url))


async def test_an_answer_is_replaced_as_often_as_planned(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(operation=f"GET {GROUPS}", ending=Answer(status=503), times=2))
    assert [(await tenant.get(GROUPS))[0] for _ in range(3)] == [503, 503, 200]


async def test_other_operations_stay_as_they_were(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(operation=f"GET {GROUPS}", ending=Answer(status=503)))
    await tenant.plan(ManagementFault(operation=f"POST {ME}", ending=Answer(status=503)))
    assert (await tenant.get(ME))[0] == 200


@pytest.mark.parametrize(
    "operation", ["*", "GET *", "* /api/v1/users/*", "GET /api/v1/users/{userId}/risk", f"GET {RISK}"]
)
async def test_an_operation_is_named_by_pattern_by_path_or_as_in_the_specification(
    tenant: Tenant, operation: str
) -> None:
    await tenant.plan(ManagementFault(operation=operation, ending=Answer(status=502)))
    assert (await tenant.get(RISK))[0] == 502


async def test_an_error_body_can_be_empty(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(ending=Answer(status=500, empty=True)))
    assert await tenant.get(GROUPS) == (500, b"")


async def test_a_rate_limit_comes_with_oktas_headers_and_error(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(ending=Answer(status=429)))
    async with tenant.session.get(GROUPS) as response:
        assert response.headers["X-Rate-Limit-Remaining"] == "0"
        assert "Date" in response.headers
        assert int(response.headers["X-Rate-Limit-Reset"]) > 0
        assert (await response.json())["errorCode"] == "E0000047"


async def test_a_connection_can_end_before_the_request_is_carried_out(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(operation="POST *", ending=Drop()))
    with pytest.raises(aiohttp.ClientError):
        await tenant.post_event_hook()
    assert await tenant.hooks() == 0


async def test_a_connection_can_end_after_the_request_was_carried_out(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(operation="POST *", ending=Drop(carried_out=True)))
    with pytest.raises(aiohttp.ClientError):
        await tenant.post_event_hook()
    assert await tenant.hooks() == 1


async def test_a_request_can_be_carried_out_and_answered_with_an_error(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(operation="POST *", ending=Answer(status=500, carried_out=True)))
    await tenant.post_event_hook()
    assert await tenant.hooks() == 1


async def test_a_delay_alone_changes_no_answer(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(delay_seconds=0.01))
    assert (await tenant.get(GROUPS))[0] == 200


async def test_the_control_api_has_no_faults_so_that_they_can_be_called_off(tenant: Tenant) -> None:
    await tenant.plan(ManagementFault(ending=Drop()))
    assert len((await tenant.control(faults())).management) == 1
    await tenant.control(clear_faults())
    assert (await tenant.get(GROUPS))[0] == 200
