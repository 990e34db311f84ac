"""Getting in, and being told why not: API tokens, service apps, DPoP, renewal, scopes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import aiohttp
import pytest

from contract.okta_hooks.okta.given import SECRET, SIGN_INS, hurried, service_app
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.errors import CredentialsRejected, PermissionMissing
from okta_hooks.okta.organization import Connection, connect
from okta_hooks.okta.port import Hook
from okta_hooks.okta.service_app import DEFAULT_SCOPES, ServiceApp, ServiceAppKey
from okta_hooks.okta.signing import read_key
from okta_simulator.credentials.keys import KeyPair
from okta_simulator.organization import Organization


async def _listed(organization: Organization, credential: ApiToken | ServiceAppKey, *, times: int = 1) -> list[Hook]:
    async with connect(Connection(organization.url, credential), hurried()) as okta, asyncio.TaskGroup() as group:
        lists = [group.create_task(okta.event_hooks.list()) for _ in range(times)]
    return [hook for task in lists for hook in task.result()]


def _granted(organization: Organization) -> int:
    """How many access tokens the organisation gave out."""
    log = organization.events.log
    entries = [log.text(position) for position in range(log.begin(), log.end())]
    return sum(b"app.oauth2.token.grant.access_token" in entry and b'"SUCCESS"' in entry for entry in entries)


async def test_a_service_app_that_needs_no_dpop_gets_in(organization: Organization, key: KeyPair) -> None:
    assert await _listed(organization, service_app(organization, key, dpop=False)) == []


async def test_a_slash_after_the_url_does_not_matter(organization: Organization) -> None:
    async with connect(Connection(organization.url + "/", ApiToken(organization.api_token()))) as okta:
        assert await okta.event_hooks.list() == ()


async def test_a_new_line_after_a_token_does_not_matter(organization: Organization) -> None:
    assert await _listed(organization, ApiToken(organization.api_token() + "\n")) == []


async def test_a_wrong_token_is_rejected(organization: Organization) -> None:
    with pytest.raises(CredentialsRejected, match="Invalid token provided"):
        await _rejected(organization, ApiToken("wrong"))


async def test_an_unknown_app_is_rejected(organization: Organization, key: KeyPair) -> None:
    with pytest.raises(CredentialsRejected, match="sign in as service app"):
        await _rejected(organization, ServiceAppKey("0oa00000000000000000", read_key(key.private_pem, key.kid)))


async def test_scopes_of_which_none_is_granted_are_missing(organization: Organization, key: KeyPair) -> None:
    app = service_app(organization, key, granted=("okta.users.read",))
    with pytest.raises(PermissionMissing) as missing:
        await _rejected(organization, app)
    assert missing.value.scope == "okta.eventHooks.manage, okta.eventHooks.read"


async def test_a_scope_that_is_not_granted_is_named(organization: Organization, key: KeyPair) -> None:
    app = service_app(organization, key, granted=("okta.eventHooks.read",))
    async with connect(Connection(organization.url, app), hurried()) as okta:
        with pytest.raises(PermissionMissing) as missing:
            await okta.event_hooks.create(SIGN_INS, SECRET)
    assert missing.value.scope == "okta.eventHooks.manage"


async def test_what_is_missing_is_known_before_it_is_needed(organization: Organization, key: KeyPair) -> None:
    app = service_app(organization, key, granted=("okta.eventHooks.read",))
    async with connect(Connection(organization.url, app), hurried()) as okta:
        await okta.event_hooks.list()
        assert okta.credential.missing_scopes() == ("okta.eventHooks.manage",)


@pytest.mark.parametrize(("lacking", "tokens"), [("okta.logs.read", 1), ("okta.eventHooks.manage", 2)])
async def test_a_scope_that_hooks_need_is_asked_for_again_soon_and_another_is_not(
    organization: Organization, key: KeyPair, lacking: str, tokens: int
) -> None:
    granted = tuple(scope for scope in DEFAULT_SCOPES if scope != lacking)
    asking = replace(service_app(organization, key, granted=granted), scopes=DEFAULT_SCOPES)
    now = time.time()
    async with aiohttp.ClientSession() as session:
        app = ServiceApp(session, organization.url, asking, clock=lambda: now)
        await app.headers("GET", organization.url)
        now += 11
        await app.headers("GET", organization.url)
    assert _granted(organization) == tokens


async def test_nothing_is_missing_where_all_is_granted(organization: Organization, key: KeyPair) -> None:
    async with connect(Connection(organization.url, service_app(organization, key)), hurried()) as okta:
        await okta.event_hooks.list()
        assert okta.credential.missing_scopes() == ()


async def test_calls_at_the_same_time_share_one_token(organization: Organization, key: KeyPair) -> None:
    await _listed(organization, service_app(organization, key), times=5)
    assert _granted(organization) == 1


async def test_a_token_that_is_refused_is_renewed_once(organization: Organization, key: KeyPair) -> None:
    async with connect(Connection(organization.url, service_app(organization, key)), hurried()) as okta:
        await okta.event_hooks.list()
        organization.clock.advance(organization.options.credentials.access_token_lifetime * 1.5)
        assert await okta.event_hooks.list() == ()


async def test_calls_at_the_same_time_renew_a_refused_token_once(organization: Organization, key: KeyPair) -> None:
    async with connect(Connection(organization.url, service_app(organization, key)), hurried()) as okta:
        await okta.event_hooks.list()
        organization.clock.advance(organization.options.credentials.access_token_lifetime * 1.5)
        async with asyncio.TaskGroup() as group:
            for _ in range(5):
                group.create_task(okta.event_hooks.list())
    assert _granted(organization) == 2


async def test_a_service_app_that_is_shut_out_is_rejected(organization: Organization, key: KeyPair) -> None:
    app = service_app(organization, key)
    async with connect(Connection(organization.url, app), hurried()) as okta:
        await okta.event_hooks.list()
        organization.access.service_apps.deactivate(app.client_id)
        with pytest.raises(CredentialsRejected):
            await okta.event_hooks.list()


async def _rejected(organization: Organization, credential: ApiToken | ServiceAppKey) -> None:
    async with connect(Connection(organization.url, credential), hurried()) as okta:
        await okta.event_hooks.list()
