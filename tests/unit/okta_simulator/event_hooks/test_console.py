"""The console's page of a hook: preview, and Deliver (section 3 of the facts about Okta)."""

from __future__ import annotations

from okta_simulator.json_values import JsonObject
from unit.okta_simulator.event_hooks.receiver import Receiver
from unit.okta_simulator.event_hooks.tenant import Running, Tenant, instantly


async def test_deliver_sends_edited_content_under_a_known_uuid(okta: Tenant, receiver: Receiver) -> None:
    hook_id = await okta.verified(receiver)
    event = okta.emit()
    await receiver.wait_for_deliveries(1)
    edited: JsonObject = {"uuid": event.uuid, "eventType": "user.session.start", "displayMessage": "edited"}
    await okta.organization.hooks.console.deliver(hook_id, [edited])
    assert receiver.deliveries[1].json["data"]["events"] == [edited]


async def test_deliver_passes_by_the_filter(okta: Tenant, receiver: Receiver) -> None:
    condition = {"expression": "event.outcome.result eq 'FAILURE'"}
    mapped = {"eventFilterMap": [{"event": "user.session.start", "condition": condition}]}
    events = {"type": "EVENT_TYPE", "items": ["user.session.start"], "filter": mapped}
    hook_id = await okta.verified(receiver, events=events)
    await okta.organization.hooks.console.deliver(hook_id, [{"uuid": "u", "outcome": {"result": "SUCCESS"}}])
    assert receiver.deliveries[0].uuids == ["u"]


async def test_deliver_works_on_an_unverified_hook(okta: Tenant, receiver: Receiver) -> None:
    hook = await okta.create(receiver.url)
    await okta.organization.hooks.console.deliver(hook["id"], [{"uuid": "u"}])
    assert receiver.deliveries[0].uuids == ["u"]


async def test_preview_shows_the_body_and_sends_nothing(okta: Tenant, receiver: Receiver) -> None:
    hook = await okta.create(receiver.url)
    body = okta.organization.hooks.console.preview(hook["id"], [{"uuid": "u"}])
    assert (body["data"], receiver.got) == ({"events": [{"uuid": "u"}]}, [])


async def test_by_choice_an_edited_event_gets_a_uuid_of_its_own(running: Running, receiver: Receiver) -> None:
    async with running(instantly(console_deliver_keeps_uuid=False)) as okta:
        hook = await okta.create(receiver.url)
        await okta.organization.hooks.console.deliver(hook["id"], [{"uuid": "u"}])
    assert receiver.deliveries[0].uuids != ["u"]
