"""How events travel, where the sources disagree or say nothing: one option each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okta_simulator.options import CircuitBreaker
from unit.okta_simulator.event_hooks.receiver import Receiver, accepting, always, in_turn, never
from unit.okta_simulator.event_hooks.tenant import Running, instantly


async def test_a_4xx_can_be_retried(running: Running, receiver: Receiver) -> None:
    async with running(instantly(retry_on_4xx=True)) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = in_turn(always(404), accepting)
        okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert len(receiver.deliveries) == 2


async def test_the_retry_can_have_an_event_id_of_its_own(running: Running, receiver: Receiver) -> None:
    async with running(instantly(retry_keeps_event_id=False)) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = in_turn(always(503), accepting)
        okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert len({delivery.json["eventId"] for delivery in receiver.deliveries}) == 2


async def test_further_retries_can_follow(running: Running, receiver: Receiver) -> None:
    async with running(instantly(exponential_backoff_retries=2)) as okta:
        await okta.verified(receiver)
        receiver.answering = always(503)
        okta.emit()
        await okta.entry("event_hook.delivery")
    assert len(receiver.deliveries) == 4


async def test_a_202_can_count_as_a_failure(running: Running, receiver: Receiver) -> None:
    async with running(instantly(success_statuses="200 and 204")) as okta:
        await okta.verified(receiver)
        receiver.answering = always(202)
        okta.emit()
        entry = await okta.entry("event_hook.delivery")
    assert entry["outcome"]["reason"] == "HTTP status 202"


async def test_a_hook_can_be_deactivated_after_failures_in_a_row(running: Running, receiver: Receiver) -> None:
    async with running(instantly(deactivate_after_failures=1)) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = always(404)
        okta.emit()
        await okta.entry("event_hook.deactivated")
        assert (await okta.read(hook_id))["status"] == "INACTIVE"


async def test_events_right_after_the_verification_can_be_lost(running: Running, receiver: Receiver) -> None:
    async with running(instantly(start_delay=timedelta(days=1))) as okta:
        hook_id = await okta.verified(receiver)
        okta.emit()
        okta.organization.clock.advance(timedelta(days=2))
        event = okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert receiver.deliveries[0].uuids == [event.uuid]


@pytest.mark.parametrize("named", [True, False])
async def test_target_event_hook_ids_may_name_hooks_whose_filter_left_the_event_out(
    running: Running, receiver: Receiver, *, named: bool
) -> None:
    condition = {"expression": "event.outcome.result eq 'FAILURE'"}
    mapped = {"eventFilterMap": [{"event": "user.session.start", "condition": condition}]}
    events = {"type": "EVENT_TYPE", "items": ["user.session.start"], "filter": mapped}
    async with running(instantly(target_ids_name_filtered_hooks=named)) as okta:
        await okta.verified(receiver, events=events)
        okta.emit()
        (entry,) = okta.logged("user.session.start")
    assert ("targetEventHookIds" in entry["debugContext"]["debugData"]) is named


async def test_a_hook_that_keeps_timing_out_can_be_skipped_for_a_while(running: Running, receiver: Receiver) -> None:
    breaker = CircuitBreaker(timeouts=2)
    async with running(instantly(timeout_seconds=0.2, circuit_breaker=breaker)) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = in_turn(never, never, accepting)
        okta.emit()
        await okta.entry("event_hook.delivery")
        skipped = okta.emit()
        await okta.given_up(skipped.uuid, hook_id)
        okta.organization.clock.advance(timedelta(minutes=15))
        event = okta.emit()
        await okta.acknowledged(hook_id, 1)
    assert receiver.deliveries[2].uuids == [event.uuid]


@pytest.mark.parametrize(
    ("where", "in_target", "in_debug_data"),
    [
        ("target and debugData", True, True),
        ("target", True, False),
        ("debugData", False, True),
        ("nowhere", False, False),
    ],
)
async def test_where_a_failed_delivery_s_entry_names_its_hook(
    running: Running, receiver: Receiver, where: str, *, in_target: bool, in_debug_data: bool
) -> None:
    async with running(instantly(failure_entry_names_hook=where)) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = always(404)
        okta.emit()
        entry = await okta.entry("event_hook.delivery")
    assert (hook_id in str(entry.get("target"))) == in_target
    assert (hook_id in str(entry["debugContext"])) == in_debug_data
