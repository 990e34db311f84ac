"""What the tests of the port to Okta are given: a hook, a secret, a service app, a pace that does not wait."""

from __future__ import annotations

from okta_hooks.okta.pacing import Pace
from okta_hooks.okta.port import HookDefinition, Secret
from okta_hooks.okta.service_app import ServiceAppKey
from okta_hooks.okta.signing import read_key
from okta_simulator.credentials.keys import KeyPair
from okta_simulator.organization import Organization

SCOPES = ("okta.eventHooks.manage", "okta.eventHooks.read")
SECRET = Secret("correct horse battery staple")
SIGN_INS = HookDefinition(
    name="operator/security/sign-ins",
    uri="https://hooks.example.com/security/sign-ins",
    event_types=frozenset({"user.session.start", "user.session.end"}),
)


def service_app(
    organization: Organization, key: KeyPair, *, dpop: bool = True, granted: tuple[str, ...] = SCOPES
) -> ServiceAppKey:
    """A service app that asks for what it needs."""
    app = organization.access.service_apps.register(
        "Operator", keys=[key.public_jwk], scopes=granted, dpop_required=dpop
    )
    return ServiceAppKey(app.id, read_key(key.private_pem, key.kid), SCOPES)


def hurried() -> Pace:
    """A pace that waits in no time."""
    return Pace(1.0, sleep=at_once)


async def at_once(_: float) -> None:
    """What would be waited for is not what is tested."""
