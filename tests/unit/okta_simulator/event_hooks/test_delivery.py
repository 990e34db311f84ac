"""The delivery engine: batches, bounds, many hooks, and deliveries that go wrong on purpose."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from okta_simulator.event_hooks.endpoint import Answer, NoAnswer
from okta_simulator.event_hooks.verdict import Delivered, GiveUp, TryAgain, verdict
from okta_simulator.options import Delivery, Options
from unit.okta_simulator.event_hooks.receiver import Receiver, never
from unit.okta_simulator.event_hooks.tenant import Running, Tenant, instantly


async def test_a_delivery_carries_a_bounded_number_of_events(running: Running, receiver: Receiver) -> None:
    async with running(Options(delivery=Delivery(events_per_delivery=10))) as okta:
        hook_id = await okta.verified(receiver)
        uuids = [okta.emit().uuid for _ in range(25)]
        await okta.acknowledged(hook_id, 25)
    assert sorted(len(delivery.uuids) for delivery in receiver.deliveries) == [5, 10, 10]
    assert sorted(uuid for delivery in receiver.deliveries for uuid in delivery.uuids) == sorted(uuids)


async def test_many_hooks_get_each_event_once(okta: Tenant, receiver: Receiver) -> None:
    hook_ids = [await okta.verified(receiver, name=f"Hook {number}") for number in range(25)]
    uuids = sorted(okta.emit().uuid for _ in range(20))
    for hook_id in hook_ids:
        await okta.acknowledged(hook_id, 20)
    sources = {delivery.json["source"]: sorted(delivery.uuids) for delivery in receiver.deliveries}
    assert list(sources.values()) == [uuids] * 25


async def test_a_slow_endpoint_does_not_hold_up_another_hook(
    running: Running, receiver: Receiver, other_receiver: Receiver
) -> None:
    async with running(instantly(timeout_seconds=60.0)) as okta:
        await okta.verified(receiver, name="Slow")
        quick = await okta.verified(other_receiver, name="Quick")
        receiver.answering = never
        okta.emit()
        await okta.acknowledged(quick, 1)
    assert len(other_receiver.deliveries) == 1


async def test_too_many_waiting_events_are_given_up(running: Running, receiver: Receiver) -> None:
    async with running(Options(delivery=Delivery(waiting_events=2))) as okta:
        hook_id = await okta.verified(receiver)
        kept, also_kept, over = (okta.emit().uuid for _ in range(3))
        await okta.given_up(over, hook_id)
        await okta.acknowledged(hook_id, 2)
    assert sorted(receiver.deliveries[0].uuids) == sorted([kept, also_kept])


async def test_the_end_of_an_organisation_ends_deliveries_under_way(running: Running, receiver: Receiver) -> None:
    async with asyncio.timeout(30), running(instantly(timeout_seconds=60.0)) as okta:
        await okta.verified(receiver)
        receiver.answering = never
        okta.emit()
        await receiver.wait_for_deliveries(1)


WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("reply", "attempt", "options", "expected"),
    [
        (Answer(200, b""), 1, Delivery(), Delivered()),
        (Answer(299, b""), 1, Delivery(), Delivered()),
        (Answer(302, b""), 1, Delivery(), GiveUp("HTTP status 302")),
        (Answer(400, b""), 1, Delivery(), GiveUp("HTTP status 400")),
        (Answer(500, b""), 1, Delivery(), TryAgain(timedelta(seconds=1))),
        (Answer(500, b""), 2, Delivery(), GiveUp("HTTP status 500")),
        (NoAnswer("timeout", ""), 1, Delivery(retry_delay=WEEK), TryAgain(WEEK)),
        (NoAnswer("timeout", ""), 2, Delivery(), GiveUp("Timed out")),
        (NoAnswer("connection", "refused"), 2, Delivery(), GiveUp("Connection failed: refused")),
        (Answer(500, b""), 2, Delivery(exponential_backoff_retries=1), TryAgain(timedelta(seconds=2))),
        (Answer(500, b""), 3, Delivery(exponential_backoff_retries=1), GiveUp("HTTP status 500")),
    ],
)
def test_what_follows_from_a_reply(
    reply: Answer | NoAnswer, attempt: int, options: Delivery, expected: Delivered | GiveUp | TryAgain
) -> None:
    assert verdict(reply, attempt, options) == expected
