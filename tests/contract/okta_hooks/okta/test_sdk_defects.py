"""What is wrong with the SDK, as pinned; each of these tests fails when a newer SDK has mended it.

`okta_hooks.okta.sdk` leaves out the parts of the SDK that these are about. When one of these tests fails, the defect
may be gone, and what was made because of it can be looked at again.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from okta.client import Client

from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.organization import Organization


@pytest.fixture(autouse=True)
def _http_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK refuses an organisation without TLS unless this is set."""
    monkeypatch.setenv("OKTA_TESTING_TESTINGDISABLEHTTPSCHECK", "true")


@pytest.fixture
async def client(organization: Organization) -> AsyncIterator[Client]:
    """The whole SDK, with the space after SSWS put right and without its own retries."""
    settings = {"orgUrl": organization.url, "token": organization.api_token(), "rateLimit": {"maxRetries": 0}}
    async with Client(settings) as client:
        client.configuration.access_token = None
        yield client


async def _given(call: Awaitable[Any]) -> tuple[Any, ...]:
    """What the SDK gives, whose annotations do not always say so."""
    return tuple(await call)


async def test_defect_1_the_scheme_and_the_token_have_no_space_between_them(organization: Organization) -> None:
    async with Client({"orgUrl": organization.url, "token": organization.api_token()}) as client:
        header = client.configuration.auth_settings()["oauth2"]["value"]
    assert header.startswith("SSWS")
    assert " " not in header


async def test_defect_2_a_lost_connection_is_lost_in_an_attribute_error(
    organization: Organization, client: Client
) -> None:
    organization.management_faults.add(ManagementFault(ending=Drop()))
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'status'"):
        await client.list_event_hooks()


async def test_defect_3_an_error_with_an_empty_body_is_a_success(organization: Organization, client: Client) -> None:
    organization.management_faults.add(ManagementFault(ending=Answer(status=403, empty=True)))
    _, response, error = await _given(client.list_event_hooks())
    assert (response.status_code, error) == (403, None)


async def test_defect_4_a_failed_deletion_gives_two_values_and_not_three(client: Client) -> None:
    assert len(await _given(client.delete_event_hook("who00000000000000000"))) == 2


async def test_defect_5_an_unavailable_okta_without_limits_is_lost_as_well(organization: Organization) -> None:
    async with Client({"orgUrl": organization.url, "token": organization.api_token()}) as client:
        client.configuration.access_token = None
        organization.management_faults.add(ManagementFault(ending=Answer(status=503)))
        with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'status'"):
            await client.list_event_hooks()


async def test_defect_6_the_timeout_of_a_request_is_passed_over(organization: Organization, client: Client) -> None:
    organization.management_faults.add(ManagementFault(delay_seconds=0.2, times=1))
    _, _, error = await _given(client.list_event_hooks(_request_timeout=0.01))
    assert error is None


async def test_defect_7_a_tls_context_cannot_be_given(organization: Organization) -> None:
    with pytest.raises(TypeError, match="cannot pickle 'SSLContext' object"):
        Client({"orgUrl": organization.url, "token": "any", "sslContext": ssl.create_default_context()})


async def test_defect_8_a_slash_after_the_url_stays(organization: Organization) -> None:
    client = Client({"orgUrl": organization.url + "/", "token": "any"})
    _, url, *_ = client._list_event_hooks_serialize(None, None, None, 0)
    assert url.startswith(organization.url + "//")


async def test_defect_9_every_client_adds_a_handler_to_the_logger(organization: Organization) -> None:
    logger = logging.getLogger("okta-sdk-python")
    before = len(logger.handlers)
    for _ in range(2):
        Client({"orgUrl": organization.url, "token": "any"})
    assert len(logger.handlers) == before + 2
