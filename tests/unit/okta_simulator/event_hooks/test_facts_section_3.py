"""Section 3 of the facts about Okta: the delivery of events. One test for each confirmed line."""

from __future__ import annotations

from uuid import UUID

import pytest

from okta_simulator.caller import SYSTEM
from okta_simulator.events.log_event import Outcome
from okta_simulator.options import Options
from unit.okta_simulator.event_hooks.receiver import Answering, Receiver, accepting, always, breaking, in_turn, never
from unit.okta_simulator.event_hooks.tenant import HOOKS, IMPATIENT, Running, Tenant, instantly


async def test_a_delivery_is_a_post_of_json_with_the_documented_headers(okta: Tenant, receiver: Receiver) -> None:
    await okta.verified(receiver)
    okta.emit()
    (delivery,) = await receiver.wait_for_deliveries(1)
    expected = {
        "accept": "application/json",
        "content-type": "application/json",
        "authorization": "the-secret",
        "x-team": "risk",
    }
    assert (delivery.method, delivery.path) == ("POST", "/okta")
    assert expected.items() <= delivery.headers.items()


async def test_a_delivery_is_not_signed(okta: Tenant, receiver: Receiver) -> None:
    await okta.verified(receiver)
    okta.emit()
    (delivery,) = await receiver.wait_for_deliveries(1)
    of_http = {"host", "accept", "accept-encoding", "content-type", "content-length", "user-agent"}
    assert delivery.headers.keys() - of_http == {"authorization", "x-team", "x-okta-request-id"}


async def test_the_envelope_has_the_shape_of_captures_and_not_of_cloudevents_1(
    okta: Tenant, receiver: Receiver
) -> None:
    hook_id = await okta.verified(receiver)
    okta.emit()
    (delivery,) = await receiver.wait_for_deliveries(1)
    envelope = delivery.json
    assert UUID(envelope.pop("eventId")).version == 4
    assert envelope.pop("eventTime").endswith("Z")
    assert len(envelope.pop("data")["events"]) == 1
    assert envelope == {
        "eventType": "com.okta.event_hook",
        "eventTypeVersion": "1.0",
        "cloudEventsVersion": "0.1",
        "source": f"https://acme.example.com/api/v1/eventHooks/{hook_id}",
        "contentType": "application/json",
    }


async def test_the_time_of_the_envelope_is_that_of_the_delivery(okta: Tenant, receiver: Receiver) -> None:
    await okta.verified(receiver)
    event = okta.emit()
    (delivery,) = await receiver.wait_for_deliveries(1)
    assert delivery.json["eventTime"] > event.published


async def test_events_close_in_time_travel_together(okta: Tenant, receiver: Receiver) -> None:
    await okta.verified(receiver)
    uuids = [okta.emit().uuid for _ in range(5)]
    (delivery,) = await receiver.wait_for_deliveries(1)
    assert sorted(delivery.uuids) == sorted(uuids)


async def test_order_is_not_kept_within_a_delivery(okta: Tenant, receiver: Receiver) -> None:
    await okta.verified(receiver)
    uuids = [okta.emit().uuid for _ in range(50)]
    (delivery,) = await receiver.wait_for_deliveries(1)
    assert delivery.uuids != uuids


async def test_a_delivery_carries_the_event_of_the_system_log(okta: Tenant, receiver: Receiver) -> None:
    await okta.verified(receiver)
    okta.emit()
    (delivery,) = await receiver.wait_for_deliveries(1)
    assert delivery.json["data"]["events"] == okta.logged("user.session.start")


async def test_target_event_hook_ids_joins_the_ids_of_configured_hooks_with_commas(
    okta: Tenant, receiver: Receiver
) -> None:
    hook_ids = [await okta.verified(receiver, name=name) for name in ("One", "Two")]
    okta.emit()
    deliveries = await receiver.wait_for_deliveries(2)
    named = {d.json["data"]["events"][0]["debugContext"]["debugData"]["targetEventHookIds"] for d in deliveries}
    assert named == {",".join(hook_ids)}


async def test_target_event_hook_ids_means_configured_and_not_delivered(okta: Tenant, receiver: Receiver) -> None:
    hook_id = await okta.verified(receiver)
    receiver.answering = always(400)
    okta.emit()
    (entry,) = okta.logged("user.session.start")
    assert entry["debugContext"]["debugData"]["targetEventHookIds"] == hook_id


async def test_an_event_that_concerns_no_hook_names_none(okta: Tenant) -> None:
    await okta.create()
    okta.emit()
    (entry,) = okta.logged("user.session.start")
    assert entry["debugContext"]["debugData"] == {"requestId": "req1"}


@pytest.mark.parametrize("status", [200, 204])
async def test_an_empty_200_or_204_is_enough(running: Running, receiver: Receiver, status: int) -> None:
    async with running(instantly()) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = always(status)
        okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert len(receiver.deliveries) == 1


def test_an_endpoint_has_3_seconds() -> None:
    assert Options().delivery.timeout_seconds == 3.0


@pytest.mark.parametrize("failing", [never, breaking, always(500), always(503)])
async def test_a_timeout_a_connection_error_and_a_5xx_are_retried(
    running: Running, receiver: Receiver, failing: Answering
) -> None:
    async with running(IMPATIENT) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = in_turn(failing, accepting)
        event = okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert [delivery.uuids for delivery in receiver.deliveries] == [[event.uuid]] * 2


@pytest.mark.parametrize("failing", [never, breaking, always(500)])
async def test_there_is_at_most_one_retry(running: Running, receiver: Receiver, failing: Answering) -> None:
    async with running(IMPATIENT) as okta:
        await okta.verified(receiver)
        receiver.answering = failing
        okta.emit()
        await okta.entry("event_hook.delivery")
    assert len(receiver.deliveries) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 429])
async def test_a_4xx_is_never_retried(running: Running, receiver: Receiver, status: int) -> None:
    async with running(instantly()) as okta:
        await okta.verified(receiver)
        receiver.answering = always(status)
        okta.emit()
        await okta.entry("event_hook.delivery")
    assert len(receiver.deliveries) == 1


async def test_the_retry_carries_the_event_id_of_the_first_attempt(running: Running, receiver: Receiver) -> None:
    async with running(instantly()) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = in_turn(always(503), accepting)
        okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert len({delivery.json["eventId"] for delivery in receiver.deliveries}) == 1


async def test_a_failure_is_written_to_the_system_log_as_event_hook_delivery(
    running: Running, receiver: Receiver
) -> None:
    async with running(instantly()) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = always(404)
        okta.emit()
        entry = await okta.entry("event_hook.delivery")
    assert (entry["severity"], entry["outcome"]) == ("WARN", {"result": "FAILURE", "reason": "HTTP status 404"})
    assert [target["id"] for target in entry["target"]] == [hook_id]


async def test_a_success_is_not_written_to_the_system_log(okta: Tenant, receiver: Receiver) -> None:
    hook_id = await okta.verified(receiver)
    okta.emit()
    await okta.acknowledged(hook_id, 1)
    assert okta.logged("event_hook.delivery") == []


@pytest.mark.parametrize("change", ["deactivated", "unverified", "deleted"])
async def test_only_active_and_verified_hooks_get_events(okta: Tenant, receiver: Receiver, change: str) -> None:
    hook_id = await okta.verified(receiver)
    hook = await okta.read(hook_id)
    path = f"{HOOKS}/{hook_id}"
    if change == "unverified":
        await okta.client.put(path, hook | {"channel": hook["channel"] | {"config": {"uri": receiver.url + "/new"}}})
    else:
        await okta.client.post(f"{path}/lifecycle/deactivate")
    if change == "deleted":
        await okta.client.delete(path)
    okta.emit()
    assert okta.organization.events.outbox.waiting(hook_id) == 0


async def test_events_that_wait_when_a_hook_is_deactivated_are_not_sent(okta: Tenant, receiver: Receiver) -> None:
    hook_id = await okta.verified(receiver)
    event = okta.emit()
    okta.organization.hooks.hooks.deactivate(hook_id, SYSTEM)
    await okta.given_up(event.uuid, hook_id)
    assert receiver.deliveries == []


async def test_a_filter_leaves_events_out(okta: Tenant, receiver: Receiver) -> None:
    condition = {"expression": "event.outcome.result eq 'FAILURE'"}
    events = {
        "type": "EVENT_TYPE",
        "items": ["user.session.start", "user.session.end"],
        "filter": {"eventFilterMap": [{"event": "user.session.start", "condition": condition}]},
    }
    await okta.verified(receiver, events=events)
    okta.emit()
    wanted = {okta.emit(outcome=Outcome("FAILURE")).uuid, okta.emit("user.session.end").uuid}
    (delivery,) = await receiver.wait_for_deliveries(1)
    assert set(delivery.uuids) == wanted
