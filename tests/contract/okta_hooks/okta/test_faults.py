"""What the port does when Okta is slow, silent, broken, busy or somebody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from contract.okta_hooks.okta.given import SECRET, SIGN_INS, at_once, hurried
from okta_hooks.okta.attempts import ATTEMPTS
from okta_hooks.okta.credentials import ApiToken
from okta_hooks.okta.errors import (
    CredentialsRejected,
    OktaError,
    PermissionMissing,
    RateLimited,
    Refused,
    Unavailable,
)
from okta_hooks.okta.event_hooks import SdkEventHooks
from okta_hooks.okta.operations import CREATE
from okta_hooks.okta.organization import Connection, connect
from okta_simulator.control.client import ControlClient
from okta_simulator.control.requests import add_management_fault
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.options import Options, RateLimits
from okta_simulator.organization import Organization

CREATING = "POST /api/v1/eventHooks"
LISTING = "GET /api/v1/eventHooks"


async def _plan(organization: Organization, fault: ManagementFault) -> None:
    async with aiohttp.ClientSession() as session:
        await ControlClient(session, organization.url)(add_management_fault(fault))


def _made(organization: Organization) -> int:
    return len(list(organization.hooks.hooks))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("empty", [False, True], ids=["with a body", "with an empty body"])
async def test_reading_is_tried_again_after_a_passing_failure(
    organization: Organization, token_hooks: SdkEventHooks, status: int, *, empty: bool
) -> None:
    await _plan(
        organization, ManagementFault(operation=LISTING, times=ATTEMPTS - 1, ending=Answer(status=status, empty=empty))
    )
    assert await token_hooks.list() == ()


async def test_reading_is_tried_again_after_a_lost_connection(
    organization: Organization, token_hooks: SdkEventHooks
) -> None:
    await _plan(organization, ManagementFault(operation=LISTING, times=1, ending=Drop()))
    assert await token_hooks.list() == ()


async def test_reading_ends_after_bounded_attempts(organization: Organization, token_hooks: SdkEventHooks) -> None:
    await _plan(organization, ManagementFault(operation=LISTING, times=ATTEMPTS, ending=Answer(status=503)))
    with pytest.raises(Unavailable):
        await token_hooks.list()
    assert await token_hooks.list() == (), "no fault is left: exactly so many attempts were made"


@pytest.mark.parametrize(
    "ending",
    [
        Drop(carried_out=True),
        Drop(carried_out=False),
        Answer(status=503, carried_out=True),
        Answer(status=500, empty=True, carried_out=False),
    ],
    ids=["lost after", "lost before", "503 after", "empty 500 before"],
)
async def test_a_creation_in_doubt_is_not_repeated(
    organization: Organization, token_hooks: SdkEventHooks, ending: Drop | Answer
) -> None:
    await _plan(organization, ManagementFault(operation=CREATING, times=1, ending=ending))
    with pytest.raises(Unavailable) as doubt:
        await token_hooks.create(SIGN_INS, SECRET)
    assert doubt.value.reached
    assert _made(organization) == ending.carried_out


async def test_a_creation_that_met_the_rate_limit_is_repeated(
    organization: Organization, token_hooks: SdkEventHooks
) -> None:
    await _plan(organization, ManagementFault(operation=CREATING, times=1, ending=Answer(status=429, empty=True)))
    pace = token_hooks._pace
    pace._clock = lambda: organization.clock.now().timestamp() + 55  # the window ends soon
    await token_hooks.create(SIGN_INS, SECRET)
    assert _made(organization) == 1


async def test_a_window_that_ends_late_is_not_waited_for(
    organization: Organization, token_hooks: SdkEventHooks
) -> None:
    await _plan(organization, ManagementFault(operation=LISTING, ending=Answer(status=429)))
    with pytest.raises(RateLimited) as limited:
        await token_hooks.list()
    assert limited.value.until is not None
    assert limited.value.until > organization.clock.now()


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, Refused), (401, CredentialsRejected), (403, PermissionMissing), (404, Unavailable), (405, Refused)],
)
async def test_an_empty_body_does_not_hide_an_error(
    organization: Organization, token_hooks: SdkEventHooks, status: int, kind: type[OktaError]
) -> None:
    await _plan(organization, ManagementFault(operation=LISTING, ending=Answer(status=status, empty=True)))
    with pytest.raises(kind, match=f"status {status}"):
        await token_hooks.list()


async def test_an_organization_that_is_silent_is_given_up(
    organization: Organization, token_hooks: SdkEventHooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("okta_hooks.okta.event_hooks.CREATE", replace(CREATE, seconds=0.05))
    await _plan(organization, ManagementFault(operation=CREATING, times=1, delay_seconds=60))
    with pytest.raises(Unavailable, match="no answer within") as doubt:
        await token_hooks.create(SIGN_INS, SECRET)
    assert doubt.value.reached


async def test_a_host_that_nobody_answers_for_was_certainly_not_reached() -> None:
    async with connect(Connection("http://127.0.0.1:1", ApiToken("any")), hurried()) as okta:
        assert isinstance(okta.event_hooks, SdkEventHooks)
        okta.event_hooks._sleep = at_once
        with pytest.raises(Unavailable, match=r"no connection to 127\.0\.0\.1 port 1") as error:
            await okta.event_hooks.create(SIGN_INS, SECRET)
    assert not error.value.reached


@asynccontextmanager
async def _answering(text: str, status: int = 200, **headers: str) -> AsyncIterator[SdkEventHooks]:
    """Somebody who answers everything alike."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=text, status=status, headers=headers)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with connect(
            Connection(f"http://127.0.0.1:{runner.addresses[0][1]}", ApiToken("any")), hurried()
        ) as okta:
            assert isinstance(okta.event_hooks, SdkEventHooks)
            okta.event_hooks._sleep = at_once
            yield okta.event_hooks
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("text", ["<html>Welcome</html>", "", "{}", "[{}]", '"text"', "\x00"])
async def test_an_answer_that_is_no_list_of_hooks_is_not_taken_for_an_empty_one(text: str) -> None:
    async with _answering(text) as hooks:
        with pytest.raises(Unavailable, match="proxy"):
            await hooks.list()


async def test_redirects_are_not_followed() -> None:
    async with _answering("", status=302, Location="https://elsewhere.example.com/") as hooks:
        with pytest.raises(Unavailable, match="check the URL"):
            await hooks.list()


async def test_a_404_that_is_not_oktas_does_not_mean_that_the_hook_is_gone() -> None:
    async with _answering("no such page", status=404) as hooks:
        with pytest.raises(Unavailable):
            await hooks.get("who00000000000000000")


async def test_words_that_okta_may_add_one_day_do_no_harm() -> None:
    hook = """{"id": "who1", "status": "PAUSED", "verificationStatus": "PENDING", "surprise": 1,
               "channel": {"type": "QUEUE", "config": {"authScheme": {"type": "OAUTH"}}}}"""
    async with _answering(hook) as hooks:
        read = await hooks.get("who1")
    assert (read.status, read.verification_status) == ("INACTIVE", "UNVERIFIED")


async def _list_repeatedly(hooks: SdkEventHooks, times: int) -> None:
    for _ in range(times):
        await hooks.list()


class TestWhereFewRequestsAreAllowed:
    @pytest.fixture
    def organization_options(self) -> Options:
        return Options(rate_limits=RateLimits(buckets={"/api/v1": 4}, credential_share=1.0))

    async def test_the_limit_is_kept_and_its_end_is_told(
        self, organization: Organization, token_hooks: SdkEventHooks
    ) -> None:
        with pytest.raises(RateLimited) as limited:
            await _list_repeatedly(token_hooks, times=5)
        assert limited.value.until is not None
        assert limited.value.until <= organization.clock.now() + timedelta(seconds=61)


class TestWhereNothingIsAllowedAtOnce:
    @pytest.fixture
    def organization_options(self) -> Options:
        return Options(rate_limits=RateLimits(concurrent=0))

    async def test_that_is_told_without_an_end(self, token_hooks: SdkEventHooks) -> None:
        with pytest.raises(RateLimited) as limited:
            await token_hooks.list()
        assert limited.value.until is None
