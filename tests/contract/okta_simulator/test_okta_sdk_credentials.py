"""Okta's own SDK for Python gets in: with an API token, as a service app, and as one that needs DPoP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from okta.client import Client

from okta_simulator.credentials.keys import KeyPair
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve

pytestmark = pytest.mark.usefixtures("_quick_proofs")

READ, MANAGE = "okta.eventHooks.read", "okta.eventHooks.manage"


@pytest.fixture(autouse=True)
def _http_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK refuses an organisation without TLS unless this is set."""
    monkeypatch.setenv("OKTA_TESTING_TESTINGDISABLEHTTPSCHECK", "true")


@pytest.fixture
async def organization() -> AsyncIterator[Organization]:
    listener = listen()
    organization = Organization(url=listener.url)
    async with serve(organization, listener):
        yield organization


@asynccontextmanager
async def _service_app(
    organization: Organization, key: KeyPair, *, dpop: bool, granted: tuple[str, ...] = (READ,)
) -> AsyncIterator[Client]:
    """A client of the SDK that acts as a service app and asks for the scope to read."""
    app = organization.access.service_apps.register(
        "Operator", keys=[key.public_jwk], scopes=granted, dpop_required=dpop
    )
    settings = {
        "orgUrl": organization.url,
        "authorizationMode": "PrivateKey",
        "clientId": app.id,
        "scopes": [READ],
        "privateKey": key.private_pem,
        "kid": key.kid,
        "dpopEnabled": dpop,
    }
    async with Client(settings) as client:
        yield client


async def _outcome(call: Awaitable[Any]) -> tuple[Any, Any]:
    """What the SDK gives back first, and its error: what lies between them comes only sometimes."""
    answer = await call
    return answer[0], answer[-1]


async def test_an_api_token_gets_in(organization: Organization) -> None:
    async with Client({"orgUrl": organization.url, "token": organization.api_token()}) as client:
        client.configuration.access_token = None  # else the SDK sends `SSWS` and the token without a space
        assert await _outcome(client.list_event_hooks()) == ([], None)


async def test_a_scheme_without_a_space_is_refused(organization: Organization) -> None:
    async with Client({"orgUrl": organization.url, "token": organization.api_token()}) as client:
        _, error = await _outcome(client.list_event_hooks())
    assert error.status == 401


async def test_a_service_app_gets_in(organization: Organization, key: KeyPair) -> None:
    async with _service_app(organization, key, dpop=False) as client:
        assert await _outcome(client.list_event_hooks()) == ([], None)


async def test_a_service_app_that_needs_dpop_gets_in(organization: Organization, key: KeyPair) -> None:
    async with _service_app(organization, key, dpop=True) as client:
        assert await _outcome(client.list_event_hooks()) == ([], None)


async def test_a_token_with_dpop_serves_many_calls(organization: Organization, key: KeyPair) -> None:
    async with _service_app(organization, key, dpop=True) as client:
        outcomes = [await _outcome(client.list_event_hooks()) for _ in range(3)]
    assert outcomes == [([], None)] * 3


async def test_a_refusal_of_the_token_endpoint_is_understood(organization: Organization, key: KeyPair) -> None:
    async with _service_app(organization, key, dpop=False, granted=(MANAGE,)) as client:
        _, error = await _outcome(client.list_event_hooks())
    assert error.error_code == "consent_required"


async def test_a_missing_scope_is_understood(organization: Organization, key: KeyPair) -> None:
    async with _service_app(organization, key, dpop=False) as client:
        _, error = await _outcome(client.delete_event_hook("who00000000000000000"))
    assert error.error_summary == "The access token provided does not contain the required scopes."


async def test_a_login_in_a_path_gets_a_wrong_proof_from_the_sdk(organization: Organization, key: KeyPair) -> None:
    """The SDK signs the path as it is sent, Okta compares it decoded (okta-sdk-python issue 541)."""
    async with _service_app(organization, key, dpop=True, granted=(READ,)) as client:
        _, error = await _outcome(client.get_user("grace.kim@example.com"))
    assert (error.status, error.error_summary) == (400, "'htu' claim in the DPoP proof JWT is invalid.")
