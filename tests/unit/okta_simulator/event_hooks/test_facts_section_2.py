"""Section 2 of the facts about Okta: the verification of event hooks. One test for each confirmed line."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from okta_simulator.options import EventHooks, Options
from unit.okta_simulator.event_hooks.receiver import Answering, Receiver, accepting, always, breaking, in_turn, never
from unit.okta_simulator.event_hooks.tenant import HOOKS, IMPATIENT, Running, Tenant
from unit.okta_simulator.management_client import Answer


async def verify(okta: Tenant, receiver: Receiver) -> Answer:
    hook = await okta.create(receiver.url)
    return await okta.client.post(f"{HOOKS}/{hook['id']}/lifecycle/verify")


async def wrong_value(_: web.Request) -> web.StreamResponse:
    return web.json_response({"verification": "something else"})


async def no_json(_: web.Request) -> web.StreamResponse:
    return web.Response(text="<html></html>")


async def nested_too_deeply(_: web.Request) -> web.StreamResponse:
    return web.Response(text='{"deep":' + "[" * 60_000)


async def test_create_asks_nothing(okta: Tenant, receiver: Receiver) -> None:
    await okta.create(receiver.url)
    assert receiver.got == []


async def test_verify_sends_one_get_to_the_uri_with_a_challenge(okta: Tenant, receiver: Receiver) -> None:
    await verify(okta, receiver)
    (challenge,) = receiver.got
    assert (challenge.method, challenge.path) == ("GET", "/okta")
    assert challenge.headers["x-okta-verification-challenge"]


async def test_repeating_the_value_makes_the_hook_verified(okta: Tenant, receiver: Receiver) -> None:
    answer = await verify(okta, receiver)
    assert (answer.status, answer.body["verificationStatus"]) == (200, "VERIFIED")


async def test_each_challenge_has_a_value_of_its_own(okta: Tenant, receiver: Receiver) -> None:
    hook_id = await okta.verified(receiver)
    await okta.client.post(f"{HOOKS}/{hook_id}/lifecycle/verify")
    assert len({got.headers["x-okta-verification-challenge"] for got in receiver.challenges}) == 2


async def test_the_get_carries_the_auth_header_and_the_custom_headers(okta: Tenant, receiver: Receiver) -> None:
    await verify(okta, receiver)
    headers = receiver.challenges[0].headers
    assert (headers["authorization"], headers["x-team"]) == ("the-secret", "risk")


async def test_the_get_carries_oktas_own_headers(okta: Tenant, receiver: Receiver) -> None:
    await verify(okta, receiver)
    headers = receiver.challenges[0].headers
    assert (headers["user-agent"], headers["accept"]) == ("Okta-Integrations", "application/json")
    assert headers["x-okta-request-id"]


def test_the_endpoint_has_3_seconds() -> None:
    assert Options().delivery.timeout_seconds == 3.0


@pytest.mark.parametrize("failing", [never, breaking, always(503), always(404)])
async def test_there_is_one_retry_after_a_timeout_or_an_error(
    running: Running, receiver: Receiver, failing: Answering
) -> None:
    receiver.answering = in_turn(failing, accepting)
    async with running(IMPATIENT) as okta:
        answer = await verify(okta, receiver)
    assert (answer.status, len(receiver.challenges)) == (200, 2)


@pytest.mark.parametrize("failing", [never, breaking, always(503), always(404)])
async def test_after_the_retry_the_call_answers_400(running: Running, receiver: Receiver, failing: Answering) -> None:
    receiver.answering = failing
    async with running(IMPATIENT) as okta:
        answer = await verify(okta, receiver)
    assert (answer.status, len(receiver.challenges)) == (400, 2)


async def test_the_call_answers_only_after_the_endpoint_did(okta: Tenant, receiver: Receiver) -> None:
    release = asyncio.Event()

    async def answer_when_released(request: web.Request) -> web.StreamResponse:
        await release.wait()
        return await accepting(request)

    receiver.answering = answer_when_released
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(verify(okta, receiver))
        await receiver.wait_for(1)
        assert not asking.done()
        release.set()
    assert asking.result().status == 200


@pytest.mark.parametrize("answering", [wrong_value, no_json, nested_too_deeply, always(500)])
async def test_a_failure_has_the_recorded_body_which_never_says_why(
    okta: Tenant, receiver: Receiver, answering: Answering
) -> None:
    receiver.answering = answering
    answer = await verify(okta, receiver)
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")
    assert answer.body["errorSummary"] == "Api validation failed: eventHook"
    assert answer.causes == ["Unable to verify event hook. Hook Risk engine execution failed"]


async def test_a_hook_that_failed_remains_unverified(okta: Tenant, receiver: Receiver) -> None:
    receiver.answering = wrong_value
    await verify(okta, receiver)
    (hook,) = (await okta.client.get(HOOKS)).body
    assert hook["verificationStatus"] == "UNVERIFIED"


@pytest.mark.parametrize(("answering", "result"), [(accepting, "SUCCESS"), (wrong_value, "FAILURE")])
async def test_event_hook_verified_is_written_for_success_and_for_failure(
    okta: Tenant, receiver: Receiver, answering: Answering, result: str
) -> None:
    receiver.answering = answering
    await verify(okta, receiver)
    assert [entry["outcome"]["result"] for entry in okta.logged("event_hook.verified")] == [result]


async def test_hooks_of_okta_workflows_are_verified_without_a_call(okta: Tenant) -> None:
    hook = await okta.create("https://acme.workflows.okta.com/api/flo/1/invoke")
    assert hook["verificationStatus"] == "VERIFIED"


async def test_oktas_support_can_verify_a_hook_by_hand(okta: Tenant) -> None:
    hook = await okta.create()
    okta.organization.hooks.hooks.mark_verified(hook["id"])
    assert (await okta.read(hook["id"]))["verificationStatus"] == "VERIFIED"


async def test_events_before_the_verification_are_lost_to_the_hook(okta: Tenant, receiver: Receiver) -> None:
    hook = await okta.create(receiver.url)
    lost = okta.emit()
    await okta.client.post(f"{HOOKS}/{hook['id']}/lifecycle/verify")
    event = okta.emit()
    (delivery,) = await receiver.wait_for_deliveries(1)
    assert (delivery.uuids, lost.uuid in delivery.uuids) == ([event.uuid], False)


class TestTls:
    """Okta calls over HTTPS only, and checks the certificate."""

    async def test_a_certificate_of_an_unknown_authority_fails(self, okta: Tenant, stranger: Receiver) -> None:
        assert (await verify(okta, stranger)).status == 400
        assert stranger.got == []

    async def test_a_certificate_for_another_name_fails(self, okta: Tenant, misnamed: Receiver) -> None:
        assert (await verify(okta, misnamed)).status == 400
        assert misnamed.got == []


class TestByChoice:
    """Points that are not documented."""

    async def test_a_2xx_other_than_200_does_not_verify_unless_chosen(
        self, running: Running, receiver: Receiver
    ) -> None:
        async def created(request: web.Request) -> web.StreamResponse:
            challenge = request.headers["x-okta-verification-challenge"]
            return web.json_response({"verification": challenge}, status=201)

        receiver.answering = created
        statuses = []
        for choice in (EventHooks(), EventHooks(verification_statuses="2xx")):
            async with running(Options(event_hooks=choice)) as okta:
                statuses.append((await verify(okta, receiver)).status)
        assert statuses == [400, 200]

    async def test_an_inactive_hook_is_not_verified_unless_chosen(self, running: Running, receiver: Receiver) -> None:
        statuses = []
        for choice in (EventHooks(), EventHooks(verify_inactive="possible")):
            async with running(Options(event_hooks=choice)) as okta:
                path = f"{HOOKS}/{(await okta.create(receiver.url))['id']}/lifecycle"
                await okta.client.post(f"{path}/deactivate")
                statuses.append((await okta.client.post(f"{path}/verify")).status)
        assert statuses == [400, 200]

    async def test_a_redirect_is_not_followed(self, okta: Tenant, receiver: Receiver) -> None:
        async def elsewhere(_: web.Request) -> web.StreamResponse:
            return web.Response(status=307, headers={"Location": "/elsewhere"})

        receiver.answering = elsewhere
        await verify(okta, receiver)
        assert {got.path for got in receiver.got} == {"/okta"}

    async def test_an_endpoint_that_was_changed_meanwhile_stays_unverified(
        self, okta: Tenant, receiver: Receiver
    ) -> None:
        hook = await okta.create(receiver.url)
        hooks = okta.organization.hooks.hooks
        earlier = hooks.get(hook["id"]).channel
        moved = hook | {"channel": hook["channel"] | {"config": {"uri": "https://example.com/elsewhere"}}}
        await okta.client.put(f"{HOOKS}/{hook['id']}", moved)
        assert hooks.mark_verified(hook["id"], earlier).verification_status == "UNVERIFIED"
