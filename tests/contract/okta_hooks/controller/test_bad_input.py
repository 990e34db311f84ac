"""What people write wrongly: refused by the API server, or named at the hook. Nobody else suffers, Okta least of all.

Each has a good hook beside the bad one. The bad one is looked at again and again: Okta is asked for what it does not do
once at most, and the good one still follows its spec.
"""

from __future__ import annotations

import re

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.operators import Operator
from contract.okta_hooks.controller.world import SECRET_VALUE, World, is_ready, message, says
from okta_hooks.kube import errors
from okta_simulator.credentials.keys import generate

pytestmark = pytest.mark.controlplane

GOOD, BAD = "good", "bad"
_LOOKS = 3


@pytest.fixture(autouse=True)
async def good_hook(world: World, operator: Operator) -> None:  # noqa: ARG001 -- it makes the hook so
    """A hook that is Ready, of an organisation object of its own."""
    await world.apply_secret("okta-good", {"token": world.okta.token})
    await world.apply_org(GOOD, resyncInterval="1h", auth=_api_token("okta-good"))
    await world.apply_hook(GOOD, orgRef={"name": GOOD})
    await world.until_hook(is_ready, GOOD)


class TestRefusedByTheApiServer:
    """Before anything of the operator's sees it."""

    async def test_an_http_url(self, world: World) -> None:
        with pytest.raises(errors.Refused, match=re.escape("write https://hooks.example.com/sign-ins")):
            await world.apply_hook(BAD, exposure={"url": "http://hooks.example.com/sign-ins"})

    async def test_two_exposures(self, world: World) -> None:
        both: JsonValue = {"url": "https://hooks.example.com/sign-ins", "ingress": {"host": "hooks.example.com"}}
        with pytest.raises(errors.Refused, match="give exactly one of url, ingress or httpRoute"):
            await world.apply_hook(BAD, exposure=both)


class TestNamedAtTheHook:
    """In its conditions, with what to do, and never in a loop."""

    async def test_an_event_type_that_okta_does_not_know(self, world: World, operator: Operator) -> None:
        await world.apply_org(resyncInterval="1h")
        said = await _said(world, operator, "EventTypeRefused", eventTypes=["user.session.strat"])
        assert "did you mean user.session.start?" in said

    async def test_a_secret_that_is_missing(self, world: World, operator: Operator) -> None:
        await world.apply_org(resyncInterval="1h")
        said = await _said(world, operator, "SecretMissing", auth=_secret("elsewhere", "secret"))
        assert f"There is no Secret {world.namespace}/elsewhere" in said

    async def test_a_key_that_is_missing_in_a_secret(self, world: World, operator: Operator) -> None:
        await world.apply_org(resyncInterval="1h")
        said = await _said(world, operator, "SecretMissing", auth=_secret("hook", "password"))
        assert f"Secret {world.namespace}/hook has no key password" in said

    async def test_an_organisation_that_does_not_exist(self, world: World, operator: Operator) -> None:
        said = await _said(world, operator, "OrgNotFound", orgRef={"name": "nowhere"})
        assert f"There is no OktaOrg {world.namespace}/nowhere" in said
        assert "nowhere is in the way (OrgNotFound)" in message(await world.hook(BAD), "Verified")

    async def test_a_wrong_token(self, world: World, operator: Operator) -> None:
        await world.apply_secret("okta", {"token": "wrong"})
        await world.apply_org(resyncInterval="1h")
        assert "Put a valid one into its Secret" in await _said(world, operator, "CredentialsRejected")
        await world.until_org(lambda org: says(org, "CredentialsValid", "False", "CredentialsRejected"))

    async def test_a_scope_that_was_not_granted(self, world: World, operator: Operator) -> None:
        await _apply_org_of_service_app(world, granted=("okta.eventHooks.read",))
        said = await _said(world, operator, "PermissionMissing")
        assert "Grant the service app the scope okta.eventHooks.manage" in said

    async def test_scopes_of_which_none_was_granted(self, world: World, operator: Operator) -> None:
        await _apply_org_of_service_app(world, granted=("okta.users.read",))
        assert "okta.eventHooks.read" in await _said(world, operator, "PermissionMissing")
        await world.until_org(lambda org: says(org, "PermissionsGranted", "False", "PermissionMissing"))

    async def test_a_name_that_is_taken(self, world: World, operator: Operator) -> None:
        by_hand = world.okta.make_by_hand("mine", world.endpoint.url, SECRET_VALUE)
        await world.apply_org(resyncInterval="1h")
        assert by_hand.id in await _said(world, operator, "NameTaken", displayName="mine")


class TestPutRight:
    """What was wrong is noticed to be right, without anybody touching the hook."""

    async def test_an_organisation_that_comes_later(self, world: World) -> None:
        await world.apply_hook(BAD)
        await world.until_hook(lambda hook: says(hook, "Synced", "False", "OrgNotFound"), BAD)
        await world.apply_org()
        await world.until_hook(is_ready, BAD)

    async def test_a_secret_that_comes_later(self, world: World) -> None:
        await world.apply_org()
        await world.apply_hook(BAD, auth=_secret("elsewhere", "secret"), resyncInterval="2s")
        await world.until_hook(lambda hook: says(hook, "Synced", "False", "SecretMissing"), BAD)
        await world.apply_secret("elsewhere", {"secret": SECRET_VALUE})
        await world.until_hook(is_ready, BAD)

    async def test_a_token_that_is_put_right(self, world: World) -> None:
        await world.apply_secret("okta", {"token": "wrong"})
        await world.apply_org()
        await world.apply_hook(BAD)
        await world.until_hook(lambda hook: says(hook, "Synced", "False", "CredentialsRejected"), BAD)
        await world.apply_secret("okta", {"token": world.okta.token})
        await world.until_hook(is_ready, BAD)


async def _said(world: World, operator: Operator, reason: str, **spec: JsonValue) -> str:
    """What a bad hook says of itself, after it was seen that nobody else suffers from it."""
    for hours in range(1, 1 + _LOOKS):  # another interval has it looked at again, and makes no other hook of it
        await world.apply_hook(BAD, **spec, resyncInterval=f"{hours}h")
        await world.until_hook(lambda hook: says(hook, "Synced", "False", reason), BAD)
    assert await _calls_that_failed(operator) <= 1
    await world.apply_hook(GOOD, orgRef={"name": GOOD}, eventTypes=["user.session.end"])
    await world.until_hook(is_ready, GOOD)
    assert frozenset({"user.session.end"}) in {hook.event_types for hook in world.hooks_in_okta()}
    seen = await world.hook(BAD)
    assert says(seen, "Stalled", "True", reason)
    return message(seen, "Synced")


async def _calls_that_failed(operator: Operator) -> float:
    """How many calls to Okta did not do what they were to do."""
    counted = re.findall(r'okta_hooks_okta_calls_total{.*outcome="(\w+)"} (\S+)', await operator.metrics())
    return sum(float(times) for outcome, times in counted if outcome != "Ok")


async def _apply_org_of_service_app(world: World, granted: tuple[str, ...]) -> None:
    key = generate()
    apps = world.okta.organization.access.service_apps
    app = apps.register("Operator", keys=[key.public_jwk], scopes=granted)
    await world.apply_secret("okta-app", {"key": key.private_pem})
    reference: JsonValue = {"name": "okta-app", "key": "key"}
    oauth: JsonValue = {"clientId": app.id, "privateKeySecretRef": reference, "keyId": key.kid}
    await world.apply_org(resyncInterval="1h", auth={"oauth": oauth})


def _api_token(secret: str) -> JsonValue:
    return {"apiToken": _secret(secret, "token")}


def _secret(name: str, key: str) -> dict[str, JsonValue]:
    return {"secretRef": {"name": name, "key": key}}
