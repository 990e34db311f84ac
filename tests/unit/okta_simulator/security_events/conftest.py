"""An organisation that takes security events, a client of it, and a registered provider's key."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from okta_simulator.credentials.keys import KeyPair, generate
from unit.okta_simulator.management_client import Client
from unit.okta_simulator.security_events.signals import ISSUER, PROVIDERS, Signals, provider


@pytest.fixture(scope="session")
def key() -> KeyPair:
    return generate("key-1")


@pytest.fixture(scope="session")
def other_key() -> KeyPair:
    return generate("key-2")


@pytest.fixture
def signals() -> Signals:
    return Signals()


@pytest.fixture
async def client(signals: Signals, key: KeyPair) -> AsyncIterator[Client]:
    """With a provider whose keys are given inline."""
    async with signals.answering() as client:
        registered = await client.post(PROVIDERS, provider(issuer=ISSUER, jwks={"keys": [dict(key.public_jwk)]}))
        assert registered.status == 200
        yield client
