"""A hook's life by a service app: a private key in a Secret, DPoP, scopes granted late, and keys that change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.world import NAME, World, is_ready, message, says
from okta_hooks.kube.resources import HOOK
from okta_simulator.credentials.keys import KeyPair, generate

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]

READ, MANAGE = "okta.eventHooks.read", "okta.eventHooks.manage"
SECRET = "service-app"


@dataclass(frozen=True)
class ServiceApp:
    """A service app that needs DPoP, in an organisation that nobody can sign in to otherwise."""

    world: World
    client_id: str

    async def apply_org(self) -> None:
        """Let the OktaOrg sign in with it."""
        auth: JsonValue = {
            "clientId": self.client_id,
            "privateKeySecretRef": {"name": SECRET, "key": "privateKey"},
            "scopes": [MANAGE, READ],
        }
        await self.world.apply_org(auth={"oauth": auth})

    async def put(self, key: KeyPair) -> None:
        """Put a private key into the Secret."""
        await self.world.apply_secret(SECRET, {"privateKey": key.private_pem})

    def take(self, key: KeyPair) -> None:
        """Let Okta take this key from now on, and none of the tokens that it has given out."""
        organization = self.world.okta.organization
        organization.access.service_apps.replace_keys(self.client_id, [key.public_jwk])
        organization.clock.advance(organization.options.credentials.access_token_lifetime * 1.5)

    def grant(self, scopes: Sequence[str]) -> None:
        """Grant exactly these scopes."""
        self.world.okta.organization.access.service_apps.grant(self.client_id, scopes)

    def tokens(self) -> int:
        """How many access tokens Okta has given out."""
        log = self.world.okta.organization.events.log
        events = [json.loads(log.text(position)) for position in range(log.begin(), log.end())]
        grants = [event for event in events if event["eventType"] == "app.oauth2.token.grant.access_token"]
        return sum(event["outcome"]["result"] == "SUCCESS" for event in grants)


@pytest.fixture(scope="module")
def key() -> KeyPair:
    return generate()


@pytest.fixture
async def app(world: World, key: KeyPair) -> ServiceApp:
    """One that may manage event hooks; its OktaOrg is applied."""
    world.okta.revoke()
    registered = world.okta.organization.access.service_apps.register(
        "Operator", keys=[key.public_jwk], scopes=(READ, MANAGE), dpop_required=True
    )
    app = ServiceApp(world, registered.id)
    await app.put(key)
    await app.apply_org()
    return app


async def test_a_hook_is_made_verified_changed_and_deleted_with_one_access_token(world: World, app: ServiceApp) -> None:
    await world.apply_hook()
    await world.until_hook(is_ready)
    (hook,) = world.hooks_in_okta()
    assert hook.verification_status == "VERIFIED"
    await world.apply_hook(eventTypes=["user.session.end"])
    await world.until_okta(lambda hooks: hooks[0].event_types == frozenset({"user.session.end"}))
    await world.apply_hook(state="Inactive")
    await world.until_okta(lambda hooks: hooks[0].status == "INACTIVE")
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert world.hooks_in_okta() == ()
    assert app.tokens() == 1


async def test_a_scope_that_is_not_granted_is_named_and_its_grant_is_noticed(world: World, app: ServiceApp) -> None:
    app.grant([READ])
    await app.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(lambda hook: says(hook, "Synced", "False", "PermissionMissing"))
    assert MANAGE in message(seen, "Synced")
    org = await world.until_org(lambda org: says(org, "PermissionsGranted", "False", "PermissionMissing"))
    assert MANAGE in message(org, "PermissionsGranted")
    assert READ not in message(org, "PermissionsGranted")
    assert world.hooks_in_okta() == ()
    app.grant([READ, MANAGE])
    await world.until_org(is_ready)
    await world.until_hook(is_ready)


async def test_scopes_of_which_none_is_granted_are_all_named(world: World, app: ServiceApp) -> None:
    app.grant([])
    await world.apply_hook()
    org = await world.until_org(lambda org: says(org, "PermissionsGranted", "False", "PermissionMissing"))
    assert f"{MANAGE}, {READ}" in message(org, "PermissionsGranted")


async def test_a_key_that_okta_takes_no_more_is_named_and_another_in_the_secret_is_used(
    world: World, app: ServiceApp
) -> None:
    await world.apply_hook()
    before = await world.until_hook(is_ready)
    other = generate()
    app.take(other)
    org = await world.until_org(lambda org: says(org, "CredentialsValid", "False", "CredentialsRejected"))
    assert "Secret" in message(org, "CredentialsValid")
    await app.put(other)
    await world.until_org(is_ready)
    await world.apply_hook(eventTypes=["user.session.end"])
    await world.until_okta(lambda hooks: hooks[0].event_types == frozenset({"user.session.end"}))
    (hook,) = world.hooks_in_okta()
    assert hook.id == before.status.hook_id


async def test_a_secret_that_holds_no_private_key_is_named(world: World, app: ServiceApp) -> None:
    await world.apply_secret(SECRET, {"privateKey": "not a key"})
    await app.apply_org()
    org = await world.until_org(lambda org: says(org, "CredentialsValid", "False", "CredentialsRejected"))
    assert "PEM" in message(org, "CredentialsValid")
    assert "not a key" not in message(org, "CredentialsValid")
