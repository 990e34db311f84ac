"""Which connection an organisation object has. Nothing is sent here: a connection is made when it is first used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from okta_hooks.api.okta_org import ApiToken, OrgAuth
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.connections.credentials import SignIn
from okta_hooks.controller.connections.pool import Organizations
from okta_hooks.controller.gate import NotLeading
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_ORG, ORG
from okta_hooks.okta.errors import CredentialsRejected
from unit.okta_hooks.controller.given import Counted, OpenGate

AUTH = OrgAuth(api_token=ApiToken(secret_ref=SecretKeyRef(name="okta", key="token")))
SIGN_IN = SignIn("https://example.okta.com", AUTH, "token")
MINE, OTHERS = WorkKey(ORG, ObjectKey("identity", "default")), WorkKey(CLUSTER_ORG, ObjectKey("", "default"))


@pytest.fixture
async def pool() -> AsyncIterator[Organizations]:
    pool = Organizations(OpenGate(), Counted())
    yield pool
    await pool.close()


async def test_many_who_open_it_at_once_get_the_same_connection(pool: Organizations) -> None:
    opened = await asyncio.gather(*(pool.open(MINE, SIGN_IN) for _ in range(5)))
    assert len({id(each) for each in opened}) == 1


async def test_another_credential_is_another_connection(pool: Organizations) -> None:
    first = await pool.open(MINE, SIGN_IN)
    assert await pool.open(MINE, replace(SIGN_IN, secret="another")) is not first


async def test_objects_that_sign_in_alike_share_a_list(pool: Organizations) -> None:
    mine, others = await pool.open(MINE, SIGN_IN), await pool.open(OTHERS, SIGN_IN, share=0.1)
    assert mine.listed is others.listed


async def test_who_has_another_credential_is_not_shown_the_list_that_others_may_see(pool: Organizations) -> None:
    mine, others = await pool.open(MINE, SIGN_IN), await pool.open(OTHERS, replace(SIGN_IN, secret="another"))
    assert mine.listed is not others.listed


async def test_another_share_of_the_rate_limits_needs_no_other_connection(pool: Organizations) -> None:
    opened = await pool.open(MINE, SIGN_IN)
    assert await pool.open(MINE, SIGN_IN, share=0.1) is opened
    assert await pool.open(OTHERS, SIGN_IN, share=0.9) is not opened
    assert await pool.open(MINE, SIGN_IN, share=0.1) is opened


async def test_a_connection_is_kept_when_its_object_is_gone_for_the_hooks_that_go_with_it(pool: Organizations) -> None:
    opened = await pool.open(MINE, SIGN_IN)
    pool.forget_share(MINE)
    assert pool.remembered(MINE) is opened


async def test_a_connection_is_remembered_when_its_object_is_not_asked_for_any_more(pool: Organizations) -> None:
    opened = await pool.open(MINE, SIGN_IN)
    assert pool.remembered(MINE) is opened
    assert pool.remembered(OTHERS) is None


class ShuttingGate:
    """Lets a call begin, and is shut by the time of its request."""

    def __init__(self) -> None:
        self._asked = 0

    def check(self) -> None:
        self._asked += 1
        if self._asked > 1:
            raise NotLeading


async def test_a_call_that_has_begun_sends_nothing_once_the_lease_has_ended() -> None:
    pool = Organizations(ShuttingGate(), Counted())
    opened = await pool.open(MINE, SIGN_IN)
    with pytest.raises(NotLeading):
        await opened.hooks.list()
    await pool.close()


async def test_what_is_no_credential_opens_nothing(pool: Organizations) -> None:
    with pytest.raises(CredentialsRejected):
        await pool.open(MINE, replace(SIGN_IN, secret="two words"))


def test_no_secret_is_printed() -> None:
    assert "token-value" not in repr(replace(SIGN_IN, secret="token-value"))
