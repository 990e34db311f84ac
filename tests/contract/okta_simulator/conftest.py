"""An organisation under watch: whatever client a test lets in, each answer is held against Okta's own document."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from Cryptodome.PublicKey import RSA

from contract.okta_simulator.okta_sdk import OktaSdk, Settings, connected
from contract.okta_simulator.openapi import document
from contract.okta_simulator.openapi.checking import Checker
from contract.okta_simulator.watched import Watched, assert_as_documented, watching
from okta_simulator.credentials.keys import KeyPair, generate
from okta_simulator.options import Delivery, Endpoints, Options
from unit.okta_simulator.event_hooks.receiver import HOST, Receiver, receiving

_MANAGED = ("eventHooks", "networkZones", "users", "groups", "roles", "userRisk", "securityEventsProviders")
SCOPES = ("okta.logs.read", *(f"okta.{name}.manage" for name in _MANAGED))
"""What a service app needs for every operation."""


@pytest.fixture(scope="session")
def checker(cluster_progress: Callable[[str], None]) -> Checker:
    """Judges by Okta's document."""
    return Checker(document.read(cluster_progress))


@pytest.fixture(scope="session")
def key() -> KeyPair:
    """A service app's."""
    return generate(kid="operator")


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Signs the certificates of receivers."""
    return trustme.CA()


@pytest.fixture
async def receiver(authority: trustme.CA) -> AsyncIterator[Receiver]:
    """A hook's endpoint."""
    async with receiving(authority) as listening:
        yield listening


@pytest.fixture
def options(authority: trustme.CA, tmp_path: Path) -> Options:
    """What is chosen of the organisation: it finds and trusts receivers, and gathers events for a moment only."""
    ca_file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    endpoints = Endpoints(resolve={HOST: "127.0.0.1"}, extra_ca_file=str(ca_file))
    return Options(endpoints=endpoints, delivery=Delivery(batching_window=timedelta()))


@pytest.fixture
async def okta(receiver: Receiver, options: Options, checker: Checker) -> AsyncIterator[Watched]:
    """The organisation; a test during which it says anything that Okta's document does not know fails."""
    async with watching(receiver, options) as watched:
        yield watched
    assert_as_documented(watched.recording.exchanges, checker)


def _settings(okta: Watched, key: KeyPair, credential: str) -> Settings:
    if credential == "API token":
        return {"orgUrl": okta.url, "authorizationMode": "SSWS", "token": okta.organization.api_token()}
    app = okta.organization.access.service_apps.register("Operator", keys=[key.public_jwk], scopes=SCOPES)
    return {
        "orgUrl": okta.url,
        "authorizationMode": "PrivateKey",
        "clientId": app.id,
        "scopes": list(SCOPES),
        "privateKey": key.private_pem,
        "kid": key.kid,
        "dpopEnabled": True,
    }


@pytest.fixture
def _quick_proofs(key: KeyPair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each client of the SDK makes a key for its proofs, which takes seconds: here one key serves them all."""
    made = RSA.import_key(key.private_pem)
    monkeypatch.setattr(RSA, "generate", lambda _: made)


@pytest.fixture(params=["API token", "OAuth and DPoP"])
async def sdk(
    okta: Watched, key: KeyPair, request: pytest.FixtureRequest, _quick_proofs: None
) -> AsyncIterator[OktaSdk]:
    """Okta's SDK for Python, with either kind of credential."""
    async with connected(_settings(okta, key, request.param)) as client:
        yield client


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Okta's document comes in a Go module."""
    for item in items:
        if "checker" in getattr(item, "fixturenames", ()):
            item.add_marker("gotoolchain")
