"""The port to Okta does what it says, over real sockets and with each kind of credential."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from contract.okta_hooks.okta.given import SECRET, SIGN_INS
from okta_hooks.okta.errors import NotFound, Refused, VerificationFailed
from okta_hooks.okta.event_hooks import SdkEventHooks
from okta_hooks.okta.port import Secret
from okta_simulator.event_hooks.hook import AuthScheme
from okta_simulator.options import Endpoints, EventHooks, Limits, Options
from okta_simulator.organization import Organization
from unit.okta_simulator.event_hooks.receiver import HOST, Receiver, receiving


async def test_an_organization_without_hooks_lists_none(hooks: SdkEventHooks) -> None:
    assert await hooks.list() == ()


async def test_a_hook_is_made_active_and_unverified(hooks: SdkEventHooks) -> None:
    made = await hooks.create(SIGN_INS, SECRET)
    assert (made.definition, made.status, made.verification_status) == (SIGN_INS, "ACTIVE", "UNVERIFIED")


async def test_okta_is_given_the_secret(hooks: SdkEventHooks, organization: Organization) -> None:
    made = await hooks.create(SIGN_INS, SECRET)
    assert organization.hooks.hooks.get(made.id).channel.auth == AuthScheme("Authorization", SECRET.value)


async def test_everything_of_a_definition_comes_back(hooks: SdkEventHooks) -> None:
    rich = replace(
        SIGN_INS,
        description="Who came in",
        filters={"user.session.start": "event.outcome.result eq 'SUCCESS'"},
        headers={"Oktahooks-Owner": "v1;one", "X-Team": "security"},
        auth_header="X-Secret",
    )
    made = await hooks.create(rich, SECRET)
    assert (await hooks.get(made.id)).definition == rich


async def test_a_replaced_hook_has_the_new_definition_and_secret(
    hooks: SdkEventHooks, organization: Organization
) -> None:
    made = await hooks.create(replace(SIGN_INS, description="old", headers={"X-Old": "1"}), SECRET)
    replaced = await hooks.replace(made.id, replace(SIGN_INS, headers={"X-New": "2"}), Secret("another"))
    assert replaced.definition == replace(SIGN_INS, headers={"X-New": "2"})
    assert organization.hooks.hooks.get(made.id).channel.auth == AuthScheme("Authorization", "another")


async def test_a_hook_is_switched_off_and_on(hooks: SdkEventHooks) -> None:
    made = await hooks.create(SIGN_INS, SECRET)
    assert (await hooks.deactivate(made.id)).status == "INACTIVE"
    assert (await hooks.activate(made.id)).status == "ACTIVE"


async def test_an_inactive_hook_is_deleted(hooks: SdkEventHooks) -> None:
    made = await hooks.create(SIGN_INS, SECRET)
    await hooks.deactivate(made.id)
    await hooks.delete(made.id)
    assert await hooks.list() == ()


async def test_an_active_hook_is_not_deleted(hooks: SdkEventHooks) -> None:
    made = await hooks.create(SIGN_INS, SECRET)
    with pytest.raises(Refused):
        await hooks.delete(made.id)


async def test_a_hook_that_is_gone_is_not_found(hooks: SdkEventHooks) -> None:
    with pytest.raises(NotFound):
        await hooks.get("who00000000000000000")


async def test_a_name_that_is_taken_is_refused_with_the_reason(hooks: SdkEventHooks) -> None:
    await hooks.create(SIGN_INS, SECRET)
    with pytest.raises(Refused, match="already exists"):
        await hooks.create(SIGN_INS, SECRET)


async def test_an_endpoint_that_does_not_answer_fails_the_verification(hooks: SdkEventHooks) -> None:
    made = await hooks.create(replace(SIGN_INS, uri="https://localhost:9/"), SECRET)
    with pytest.raises(VerificationFailed, match="Unable to verify event hook"):
        await hooks.verify(made.id)


class TestWhereActiveHooksMayNotBeDeletedByPermission:
    @pytest.fixture
    def organization_options(self) -> Options:
        return Options(event_hooks=EventHooks(delete_active_status=403))

    async def test_the_answer_is_a_refusal_and_not_a_missing_permission(self, token_hooks: SdkEventHooks) -> None:
        made = await token_hooks.create(SIGN_INS, SECRET)
        with pytest.raises(Refused, match="Deactivate it first"):
            await token_hooks.delete(made.id)


class TestWhereNoMoreHooksAreAllowed:
    @pytest.fixture
    def organization_options(self) -> Options:
        return Options(limits=Limits(active_hooks=0))

    async def test_the_limit_is_named(self, token_hooks: SdkEventHooks) -> None:
        with pytest.raises(Refused, match="limit of 0 active event hooks"):
            await token_hooks.create(SIGN_INS, SECRET)


async def test_an_identifier_cannot_lead_elsewhere(token_hooks: SdkEventHooks) -> None:
    with pytest.raises(NotFound):
        await token_hooks.get("../users/me")


class TestWhereTheEndpointAnswers:
    @pytest.fixture
    def authority(self) -> trustme.CA:
        return trustme.CA()

    @pytest.fixture
    async def receiver(self, authority: trustme.CA) -> AsyncIterator[Receiver]:
        async with receiving(authority) as receiver:
            yield receiver

    @pytest.fixture
    def organization_options(self, authority: trustme.CA, tmp_path: Path) -> Options:
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        return Options(endpoints=Endpoints(resolve={HOST: "127.0.0.1"}, extra_ca_file=str(tmp_path / "authority.pem")))

    async def test_a_hook_is_verified(self, hooks: SdkEventHooks, receiver: Receiver) -> None:
        made = await hooks.create(replace(SIGN_INS, uri=receiver.url), SECRET)
        assert (await hooks.verify(made.id)).verification_status == "VERIFIED"
