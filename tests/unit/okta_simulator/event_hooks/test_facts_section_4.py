"""Section 4 of the facts about Okta: limits of event hooks. One test for each confirmed line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import trustme

from okta_simulator.options import Limits, Options
from unit.okta_simulator.event_hooks.receiver import Receiver, accepting, always, in_turn
from unit.okta_simulator.event_hooks.tenant import HOOKS, Tenant, hook_body, instantly, tenant

Running = Callable[[Limits], AbstractAsyncContextManager[Tenant]]


@pytest.fixture
def limited(authority: trustme.CA, tmp_path: Path) -> Running:
    """An organisation with small limits, that delivers each event by itself."""
    return lambda limits: tenant(authority, tmp_path, msgspec.structs.replace(instantly(), limits=limits))


def test_the_limits_are_the_documented_ones() -> None:
    limits = Options().limits
    assert (limits.active_hooks, limits.event_types_per_hook) == (25, 300)
    assert (limits.daily_events, limits.daily_events_warning) == (400_000, 280_000)


async def test_25_hooks_may_be_active(okta: Tenant) -> None:
    for number in range(25):
        await okta.create(name=f"Hook {number}")
    answer = await okta.client.post(HOOKS, hook_body(name="One too many"))
    assert (answer.status, answer.body["errorCode"]) == (400, "E0000001")
    assert answer.causes == ["The organization has reached the limit of 25 active event hooks."]


@pytest.mark.parametrize("way", ["activate", "put"])
async def test_inactive_hooks_do_not_count_until_they_are_activated(limited: Running, way: str) -> None:
    async with limited(Limits(active_hooks=1)) as okta:
        path = f"{HOOKS}/{(await okta.create())['id']}"
        await okta.client.post(f"{path}/lifecycle/deactivate")
        await okta.create(name="Another")
        if way == "activate":
            answer = await okta.client.post(f"{path}/lifecycle/activate")
        else:
            answer = await okta.client.put(path, hook_body(status="ACTIVE"))
    assert answer.status == 400


async def test_a_hook_lists_300_event_types_at_most(okta: Tenant) -> None:
    items = [f"type.{number}" for number in range(301)]
    answer = await okta.client.post(HOOKS, hook_body(events={"type": "EVENT_TYPE", "items": items}))
    assert answer.causes[0] == "events.items: 301 event types are listed and 300 are allowed"


async def test_every_eligible_type_fits_into_one_hook(okta: Tenant) -> None:
    items = [event_type.name for event_type in okta.organization.events.catalog.eligible()]
    hook = await okta.create(events={"type": "EVENT_TYPE", "items": items})
    assert set(hook["events"]["items"]) == set(items)


async def test_events_over_the_daily_cap_are_neither_sent_nor_replayed(limited: Running, receiver: Receiver) -> None:
    async with limited(Limits(daily_events=2)) as okta:
        hook_id = await okta.verified(receiver)
        for _ in range(2):
            okta.emit()
        await okta.acknowledged(hook_id, 2)
        over = okta.emit()
        await okta.given_up(over.uuid, hook_id)
        okta.organization.clock.advance(timedelta(hours=24))
        okta.emit()
        await okta.acknowledged(hook_id, 3)
    assert over.uuid not in [uuid for delivery in receiver.deliveries for uuid in delivery.uuids]


async def test_24_hours_begin_with_the_first_event_sent(limited: Running, receiver: Receiver) -> None:
    async with limited(Limits(daily_events=2)) as okta:
        hook_id = await okta.verified(receiver)
        okta.organization.clock.advance(timedelta(hours=20))
        okta.emit()
        await okta.acknowledged(hook_id, 1)
        okta.organization.clock.advance(timedelta(hours=20))
        okta.emit()
        await okta.acknowledged(hook_id, 2)
        over = okta.emit()
        await okta.given_up(over.uuid, hook_id)
    assert len(receiver.deliveries) == 2


async def test_retries_do_not_count(limited: Running, receiver: Receiver) -> None:
    async with limited(Limits(daily_events=2)) as okta:
        hook_id = await okta.verified(receiver)
        receiver.answering = in_turn(always(503), accepting)
        okta.emit()
        await okta.acknowledged(hook_id, 1)
        okta.emit()
        await okta.acknowledged(hook_id, 2)
    assert len(receiver.deliveries) == 3


async def test_a_warning_is_written_when_the_cap_comes_near(limited: Running, receiver: Receiver) -> None:
    async with limited(Limits(daily_events=4, daily_events_warning=2)) as okta:
        hook_id = await okta.verified(receiver)
        for count in range(1, 4):
            okta.emit()
            await okta.acknowledged(hook_id, count)
        warnings = okta.logged("system.org.rate_limit.warning")
    assert [(warning["severity"], warning["outcome"]["reason"].split(" of ")[0]) for warning in warnings] == [
        ("WARN", "2")
    ]
