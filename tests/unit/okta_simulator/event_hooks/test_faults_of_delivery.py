"""Deliveries that go wrong on purpose: what the endpoint sees, and what Okta believes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from okta_simulator.faults.delivery import DeliveryFault, Disconnect, Duplicate, HoldBack, Lose, Slow
from unit.okta_simulator.event_hooks.receiver import Receiver
from unit.okta_simulator.event_hooks.tenant import Tenant, instantly, tenant


@pytest.fixture
async def prompt(authority: trustme.CA, tmp_path: Path) -> AsyncIterator[Tenant]:
    """An organisation that delivers each event by itself and at once."""
    async with tenant(authority, tmp_path, instantly(events_per_delivery=1, deliveries_at_once=1)) as running:
        yield running


def plan(okta: Tenant, effect: Lose | Duplicate | HoldBack | Slow | Disconnect) -> None:
    """Let the next delivery go wrong."""
    okta.organization.hooks.planned_faults.add(DeliveryFault(effect=effect, times=1))


async def test_a_lost_delivery_never_arrives_and_is_not_written_down(prompt: Tenant, receiver: Receiver) -> None:
    hook_id = await prompt.verified(receiver)
    plan(prompt, Lose())
    lost = prompt.emit()
    await prompt.given_up(lost.uuid, hook_id)
    assert (receiver.deliveries, prompt.logged("event_hook.delivery")) == ([], [])


async def test_a_duplicated_delivery_arrives_twice_under_one_event_id(prompt: Tenant, receiver: Receiver) -> None:
    await prompt.verified(receiver)
    plan(prompt, Duplicate())
    prompt.emit()
    deliveries = await receiver.wait_for_deliveries(2)
    assert len({delivery.json["eventId"] for delivery in deliveries}) == 1


async def test_later_deliveries_overtake_one_that_is_held_back(prompt: Tenant, receiver: Receiver) -> None:
    hook_id = await prompt.verified(receiver)
    plan(prompt, HoldBack(seconds=300.0))
    held_back, later = prompt.emit().uuid, prompt.emit().uuid
    await prompt.acknowledged(hook_id, 2)
    assert [delivery.uuids for delivery in receiver.deliveries] == [[later], [held_back]]


@pytest.mark.parametrize("answered", [False, True])
async def test_a_lost_connection_is_retried_though_the_endpoint_has_the_events(
    prompt: Tenant, receiver: Receiver, *, answered: bool
) -> None:
    hook_id = await prompt.verified(receiver)
    plan(prompt, Disconnect(answered=answered))
    event = prompt.emit()
    await prompt.acknowledged(hook_id, 1)
    assert [delivery.uuids for delivery in receiver.deliveries] == [[event.uuid]] * 2


async def test_a_slow_request_arrives(prompt: Tenant, receiver: Receiver) -> None:
    hook_id = await prompt.verified(receiver)
    plan(prompt, Slow(seconds=0.01))
    prompt.emit()
    await prompt.acknowledged(hook_id, 1)
    assert len(receiver.deliveries) == 1
