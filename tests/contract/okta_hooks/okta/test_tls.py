"""Certificates: an authority of one's own is trusted where it is named, and nobody else then."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator

import pytest
import trustme

from contract.okta_hooks.okta.given import hurried
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.errors import Unavailable
from okta_hooks.okta.organization import Connection, connect
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def secured(authority: trustme.CA) -> AsyncIterator[Organization]:
    """An organisation whose certificate a private authority has signed."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    listener = listen(tls=context)
    organization = Organization(url=listener.url)
    async with serve(organization, listener):
        yield organization


async def test_an_authority_that_is_named_is_trusted(secured: Organization, authority: trustme.CA) -> None:
    pem = authority.cert_pem.bytes().decode()
    async with connect(Connection(secured.url, ApiToken(secured.api_token()), trusted=pem), hurried()) as okta:
        assert await okta.event_hooks.list() == ()


@pytest.mark.parametrize("trusted", ["", trustme.CA().cert_pem.bytes().decode()], ids=["the public ones", "another"])
async def test_other_authorities_are_not(secured: Organization, trusted: str) -> None:
    connection = Connection(secured.url, ApiToken(secured.api_token()), trusted=trusted)
    async with connect(connection, hurried()) as okta:
        with pytest.raises(Unavailable, match="certificate") as untrusted:
            await okta.event_hooks.delete("who1")
    assert not untrusted.value.reached


async def test_what_is_no_certificate_is_refused() -> None:
    with pytest.raises(ValueError, match="give them as PEM"):
        async with connect(Connection("https://example.okta.com", ApiToken("any"), trusted="no certificate")):
            pass
