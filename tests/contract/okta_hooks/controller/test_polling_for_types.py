"""Events that no hook can deliver reach the sinks by the System Log; a real receiver and dispatcher take them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.operators import Operator
from contract.okta_hooks.controller.world import World, is_ready, says
from localcluster.controlplane import ControlPlane
from okta_hooks.controller.hooks.hook_object import HookObject
from operating.real_pod import Gateway, RealPod, gateway, real_pod

pytestmark = pytest.mark.controlplane

_THREAT = "security.threat.detected"
_POD = "127.77.9.32"


@pytest.fixture
async def entrance(certificates: Certificates) -> AsyncIterator[Gateway]:
    async with gateway(certificates) as opened:
        yield opened


async def test_what_no_hook_can_deliver_is_polled_for_and_given_once(
    world: World, controlplane: ControlPlane, operator: Operator, entrance: Gateway, tmp_path: Path
) -> None:
    assert operator.port
    await world.apply_org(logPollInterval="1s")
    await world.apply_hook(
        receiver={"journal": {"emptyDir": {}}},
        auth={},
        exposure={"url": entrance.url},
        systemLog={"eventTypes": [_THREAT]},
    )
    await world.until_hook(lambda hook: says(hook, "Synced", "True"))
    folder = tmp_path / "pod"
    folder.mkdir()
    before = _threats(world, 3)  # there is nobody yet who could take them
    async with real_pod(world, controlplane, folder, _POD, entrance) as pod:
        await world.until_hook(is_ready)
        after = _threats(world, 3)
        await world.until(lambda out: {*before, *after} <= set(out), lambda: _out(pod))
        await world.until_hook(lambda hook: _received(hook) == 6)
        assert sorted(pod.put_out()) == sorted((*before, *after))


def _threats(world: World, count: int) -> list[str]:
    """Let threats be detected; the events' uuids."""
    organization = world.okta.organization
    happened = [organization.activity.generator.of_type(_THREAT) for _ in range(count)]
    for event in happened:
        organization.events.emitter.emit(event)
    return [event.uuid for event in happened]


async def _out(pod: RealPod) -> list[str]:
    return pod.put_out()


def _received(hook: HookObject) -> int:
    return hook.status.system_log.received if hook.status.system_log is not None else 0
