"""An organisation over real sockets, and connections to it: with an API token, and as a service app with DPoP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from contract.okta_hooks.okta.given import at_once, hurried, service_app
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.event_hooks import SdkEventHooks
from okta_hooks.okta.organization import Connection, connect
from okta_hooks.okta.service_app import ServiceAppKey
from okta_simulator.credentials.keys import KeyPair, generate
from okta_simulator.options import Options
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve


@pytest.fixture
def organization_options() -> Options:
    """What is chosen of the organisation: define a fixture of this name to choose something else."""
    return Options()


@pytest.fixture
async def organization(organization_options: Options) -> AsyncIterator[Organization]:
    listener = listen()
    organization = Organization(organization_options, url=listener.url)
    async with serve(organization, listener):
        yield organization


@pytest.fixture(scope="session")
def key() -> KeyPair:
    return generate(kid="operator")


@pytest.fixture(params=["API token", "service app with DPoP"])
def credential(request: pytest.FixtureRequest, organization: Organization, key: KeyPair) -> ApiToken | ServiceAppKey:
    if request.param == "API token":
        return ApiToken(organization.api_token())
    return service_app(organization, key)


@pytest.fixture
async def hooks(organization: Organization, credential: ApiToken | ServiceAppKey) -> AsyncIterator[SdkEventHooks]:
    """The port to the organisation, by each kind of credential."""
    async with connect(Connection(organization.url, credential), hurried()) as okta:
        assert isinstance(okta.event_hooks, SdkEventHooks)
        yield okta.event_hooks


@pytest.fixture
async def token_hooks(organization: Organization) -> AsyncIterator[SdkEventHooks]:
    """The port to the organisation, by an API token, for what has nothing to do with credentials."""
    async with connect(Connection(organization.url, ApiToken(organization.api_token())), hurried()) as okta:
        assert isinstance(okta.event_hooks, SdkEventHooks)
        okta.event_hooks._sleep = at_once
        yield okta.event_hooks
