"""What the tests of the port to Okta are given: a hook, a secret, a service app, a pace that does not wait."""

from __future__ import annotations

import time

from okta_hooks.okta.pacing import Budget, Pace
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


class Hurry:
    """Time that passes when somebody waits for it."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def now(self) -> float:
        return time.time() + self._skipped

    async def sleep(self, seconds: float) -> None:
        self._skipped += seconds


def hurried() -> Pace:
    """A pace that waits in no time, as long as it may be."""
    hurry = Hurry()
    return Pace(Budget(1.0), clock=hurry.now, sleep=hurry.sleep)


async def at_once(_: float) -> None:
    """What would be waited for is not what is tested."""
