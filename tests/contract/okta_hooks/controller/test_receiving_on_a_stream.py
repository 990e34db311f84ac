"""A hook whose receivers share a stream, in a cluster without nodes: the test plays the kubelet and the pods."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.stream_pods import RECEIVERS, answering, run_dispatcher, run_receivers
from contract.okta_hooks.controller.world import NAME, World, is_ready, message, says
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.resources import CLAIM, DEPLOYMENT, DISRUPTION_BUDGET, HOOK, SECRET
from samples.kube import within

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]

DISPATCHER = f"{NAME}-dispatcher"
"""Its Deployment, and the claim for its volume."""


async def test_receivers_and_a_dispatcher_are_made_apart_and_no_volume_for_a_log(world: World) -> None:
    await _apply(world)
    await world.until_hook(lambda hook: says(hook, "ReceiverReady", "False", "Progressing"))
    receivers = await world.api.get(DEPLOYMENT, world.key(f"{NAME}-receiver"))
    assert within(receivers, "spec", "replicas") == len(RECEIVERS)
    assert await world.exists(DEPLOYMENT, DISPATCHER)
    assert await world.exists(DISRUPTION_BUDGET, f"{NAME}-receiver")
    assert await world.exists(CLAIM, DISPATCHER)
    assert not await world.exists(CLAIM, f"{NAME}-journal")


async def test_the_hook_is_ready_when_they_all_are(world: World, controlplane: ControlPlane) -> None:
    async with answering(*RECEIVERS):
        await _ready(world, controlplane)
        seen = await world.until_hook(lambda hook: message(hook, "ReceiverReady").startswith("2 of 2 receivers"))
    assert seen.status.deliveries is not None
    assert seen.status.deliveries.received == 3


async def test_one_receiver_that_is_away_is_told_and_stops_nothing(world: World, controlplane: ControlPlane) -> None:
    async with answering(RECEIVERS[0]):
        await _ready(world, controlplane, RECEIVERS[0])
        seen = await world.hook()
    assert message(seen, "ReceiverReady").startswith("1 of 2 receivers can write to their journal.")


async def test_with_the_object_goes_the_dispatchers_volume(world: World, controlplane: ControlPlane) -> None:
    async with answering(*RECEIVERS):
        await _ready(world, controlplane)
        await world.delete(HOOK, NAME)
        await world.until_gone()
    assert world.hooks_in_okta() == ()
    await world.until_gone(DEPLOYMENT, f"{NAME}-receiver")
    await world.until_gone(CLAIM, DISPATCHER)


async def test_a_volume_with_dead_letters_stays_where_it_is_to_be_retained(
    world: World, controlplane: ControlPlane
) -> None:
    async with answering(*RECEIVERS):
        await _ready(world, controlplane, on_delete="Retain")
        await world.delete(HOOK, NAME)
        await world.until_gone()
    await world.until_gone(DEPLOYMENT, DISPATCHER)
    assert await world.exists(CLAIM, DISPATCHER)


async def _apply(world: World, on_delete: str = "Delete") -> None:
    stream: JsonValue = {"urls": ["nats://nats.messaging.svc:4222"]}
    journal: JsonValue = {"jetStream": stream, "onDelete": on_delete}
    await world.apply_org()
    await world.apply_hook(receiver={"replicas": len(RECEIVERS), "journal": journal}, auth={})


async def _ready(world: World, controlplane: ControlPlane, *running: str, on_delete: str = "Delete") -> None:
    """A hook that is Ready with these receivers, else with all."""
    await _apply(world, on_delete)
    await world.until_hook(lambda hook: says(hook, "Synced", "True"))
    world.endpoint.secret = await _receivers_secret(world)
    await run_dispatcher(world, controlplane)
    await run_receivers(world, controlplane, *(running or RECEIVERS))
    await world.until_hook(is_ready)


async def _receivers_secret(world: World) -> str:
    data = within(await world.api.get(SECRET, world.key(f"{NAME}-secret")), "data", "current")
    return base64.b64decode(str(data)).decode()
