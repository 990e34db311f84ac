"""A hook with a receiver of the operator's own, in a cluster without nodes: the test plays the kubelet and the pod."""

from __future__ import annotations

import base64

import pytest

from contract.okta_hooks.controller.pods import answering_pod, play_kubelet
from contract.okta_hooks.controller.world import NAME, World, is_ready, says
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import DEPLOYMENT, SECRET, SERVICE
from samples.kube import within

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


async def test_everything_that_receives_is_made(world: World) -> None:
    await _apply(world)
    await world.until_hook(lambda hook: says(hook, "ReceiverReady", "False", "Progressing"))
    assert await world.exists(DEPLOYMENT, f"{NAME}-receiver")
    assert await world.exists(SERVICE, f"{NAME}-receiver")
    assert await world.exists(SERVICE, f"{NAME}-admin")


async def test_okta_is_given_the_secret_that_the_receiver_has_and_not_asked_to_verify_before_it_is_ready(
    world: World,
) -> None:
    await _apply(world)
    seen = await world.until_hook(lambda hook: says(hook, "Synced", "True"))
    assert says(seen, "Verified", "False", "AwaitingEndpoint")
    (hook,) = world.hooks_in_okta()
    assert hook.channel.auth is not None
    assert hook.channel.auth.value == await _receivers_secret(world)


async def test_a_receiver_that_is_ready_is_verified_and_its_events_are_counted(
    world: World, controlplane: ControlPlane
) -> None:
    async with answering_pod():
        await _apply(world)
        await world.until_hook(lambda hook: says(hook, "Synced", "True"))
        world.endpoint.secret = await _receivers_secret(world)
        await play_kubelet(world, controlplane)
        seen = await world.until_hook(is_ready)
    assert seen.status.deliveries is not None
    assert seen.status.deliveries.received == 3
    assert says(seen, "Delivering", "True")


async def test_where_the_secret_cannot_be_kept_okta_is_given_none(world: World) -> None:
    await world.apply_secret(f"{NAME}-admin", {"token": "of somebody else"})
    await _apply(world)
    await world.until_hook(lambda hook: says(hook, "Synced", "False", "ChildRefused"))
    assert world.hooks_in_okta() == ()


async def test_a_child_that_somebody_deletes_is_made_again(world: World) -> None:
    await _apply(world)
    await world.until_hook(lambda hook: says(hook, "Synced", "True"))
    uid = Manifest.model_validate(await world.api.get(DEPLOYMENT, world.key(f"{NAME}-receiver"))).metadata.uid
    await world.api.delete(DEPLOYMENT, world.key(f"{NAME}-receiver"), uid=uid)

    async def is_another() -> bool:
        if not await world.exists(DEPLOYMENT, f"{NAME}-receiver"):
            return False
        found = await world.api.get(DEPLOYMENT, world.key(f"{NAME}-receiver"))
        return Manifest.model_validate(found).metadata.uid != uid

    await world.until(lambda another: another, is_another)


async def _apply(world: World) -> None:
    await world.apply_org()
    await world.apply_hook(receiver={"journal": {"emptyDir": {}}}, auth={})


async def _receivers_secret(world: World) -> str:
    data = within(await world.api.get(SECRET, world.key(f"{NAME}-secret")), "data", "current")
    return base64.b64decode(str(data)).decode()
