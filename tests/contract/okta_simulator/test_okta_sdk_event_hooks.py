"""Okta's SDK for Python manages event hooks, has them verified, and sees what they were sent in the System Log."""

from __future__ import annotations

from typing import Any

from okta.models.event_hook import EventHook

from contract.okta_simulator.okta_sdk import OktaSdk, done, understood
from contract.okta_simulator.openapi.checking import Checker
from contract.okta_simulator.scenarios.requests import HOOK, hook_at
from contract.okta_simulator.watched import Watched
from unit.okta_simulator.event_hooks.receiver import Receiver, always


async def _created(sdk: OktaSdk, receiver: Receiver) -> Any:  # noqa: ANN401 -- the SDK's model
    return await done(sdk.create_event_hook(EventHook.model_validate(hook_at(receiver))))


async def _verified(sdk: OktaSdk, receiver: Receiver) -> Any:  # noqa: ANN401 -- the SDK's model
    return await done(sdk.verify_event_hook((await _created(sdk, receiver)).id))


async def test_a_hook_is_created(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    assert (hook.name, hook.status, hook.verification_status) == (HOOK["name"], "ACTIVE", "UNVERIFIED")


async def test_a_hook_keeps_its_filter(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await done(sdk.get_event_hook((await _created(sdk, receiver)).id))
    (condition,) = hook.events.filter.event_filter_map
    assert condition.condition.expression == "event.outcome.result eq 'SUCCESS'"


async def test_hooks_are_listed(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    assert [listed.id for listed in await done(sdk.list_event_hooks())] == [hook.id]


async def test_a_hook_is_replaced(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    await done(sdk.replace_event_hook(hook.id, EventHook.model_validate(hook_at(receiver, name="Fraud engine"))))
    assert (await done(sdk.get_event_hook(hook.id))).name == "Fraud engine"


async def test_a_hook_is_verified_by_a_challenge(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _verified(sdk, receiver)
    assert hook.verification_status == "VERIFIED"
    (challenge,) = receiver.challenges
    assert "x-okta-verification-challenge" in challenge.headers


async def test_a_failed_verification_is_an_error_with_a_cause(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    receiver.answering = always(500)
    answer = await understood(sdk.verify_event_hook(hook.id))
    (cause,) = answer.error.error_causes
    assert (answer.status, answer.error.error_code) == (400, "E0000001")
    assert cause["errorSummary"] == "Unable to verify event hook. Hook Risk engine execution failed"


async def test_a_hook_is_switched_off_and_on(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    assert (await done(sdk.deactivate_event_hook(hook.id))).status == "INACTIVE"
    assert (await done(sdk.activate_event_hook(hook.id))).status == "ACTIVE"


async def test_an_active_hook_is_not_deleted(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    assert (await understood(sdk.delete_event_hook(hook.id))).status == 400


async def test_an_inactive_hook_is_deleted(sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _created(sdk, receiver)
    await done(sdk.deactivate_event_hook(hook.id))
    await done(sdk.delete_event_hook(hook.id))
    answer = await understood(sdk.get_event_hook(hook.id))
    assert (answer.status, answer.error.error_code) == (404, "E0000007")


async def test_a_verified_hook_is_sent_what_the_log_has_too(okta: Watched, sdk: OktaSdk, receiver: Receiver) -> None:
    hook = await _verified(sdk, receiver)
    event = okta.emit("user.session.start")
    (delivery,) = await receiver.wait_for_deliveries(1)
    (entry,) = await done(sdk.list_log_events(filter=f'uuid eq "{event.uuid}"'))
    assert delivery.uuids == [entry.uuid]
    assert delivery.json["source"] == f"{okta.url}/api/v1/eventHooks/{hook.id}"


async def test_a_delivered_event_has_the_shape_of_one_in_the_log(
    okta: Watched, sdk: OktaSdk, receiver: Receiver, checker: Checker
) -> None:
    await _verified(sdk, receiver)
    okta.emit("user.session.start")
    (delivery,) = await receiver.wait_for_deliveries(1)
    (event,) = delivery.json["data"]["events"]
    assert checker.violations("LogEvent", event) == []
