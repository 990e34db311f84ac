"""Okta cannot deliver for a while; afterwards every event is at the sink once, and the status says what was missed.

A real receiver and dispatcher; the test plays the kubelet, and what stands between Okta and the pod.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import NAME, World, is_ready, says
from localcluster.controlplane import ControlPlane
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.kube.resources import HOOK
from okta_simulator.options import Delivery, Endpoints, Options
from operating.real_pod import Gateway, RealPod, gateway, real_pod

pytestmark = pytest.mark.controlplane

_SIGN_IN = "user.session.start"
_POD = "127.77.9.31"


@pytest.fixture
def okta_options(certificates: Certificates) -> Options:
    """Okta that does not wait long for others of a delivery."""
    return Options(
        endpoints=Endpoints(extra_ca_file=str(certificates.authority)),
        delivery=Delivery(batching_window=timedelta(milliseconds=200), retry_delay=timedelta(milliseconds=200)),
    )


@pytest.fixture
def arguments(namespace: str, certificates: Certificates) -> tuple[str, ...]:
    """An operator that gives Okta little time."""
    return (
        f"--namespace={namespace}",
        f"--watch-namespace={namespace}",
        f"--probe-ca={certificates.authority}",
        "--missed-after-seconds=4",
    )


@pytest.fixture
async def entrance(certificates: Certificates) -> AsyncIterator[Gateway]:
    async with gateway(certificates) as opened:
        yield opened


async def test_what_okta_gave_up_is_brought_and_counted(
    world: World, controlplane: ControlPlane, operator: Operator, entrance: Gateway, tmp_path: Path
) -> None:
    assert operator.port
    await _apply(world, entrance)
    async with real_pod(world, controlplane, _folder(tmp_path), _POD, entrance) as pod:
        await world.until_hook(_is_subscribed)
        delivered = _sign_ins(world, 20)
        await world.until(lambda out: set(delivered) <= set(out), lambda: _out(pod))
        entrance.is_up = False
        missed = _sign_ins(world, 30)
        await world.until(bool, lambda: _are_given_up(world, missed))
        entrance.is_up = True
        seen = await world.until_hook(lambda hook: _numbers(hook) == (30, 30))
        assert says(seen, "Delivering", "False", "EventsMissed")
        await world.until(lambda out: {*delivered, *missed} <= set(out), lambda: _out(pod))
        assert sorted(pod.put_out()) == sorted({*pod.put_out()})


async def test_what_an_operator_did_not_live_to_judge_is_found_by_the_next(
    world: World, controlplane: ControlPlane, arguments: tuple[str, ...], entrance: Gateway, tmp_path: Path
) -> None:
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(running(controlplane.kubeconfig, tmp_path, arguments))
        await _apply(world, entrance)
        pod = await stack.enter_async_context(real_pod(world, controlplane, _folder(tmp_path), _POD, entrance))
        await world.until_hook(_is_subscribed)
        entrance.is_up = False
        missed = _sign_ins(world, 30)
        await world.until(bool, lambda: _are_given_up(world, missed))
        await first.end(signal.SIGKILL)
        entrance.is_up = True
        await stack.enter_async_context(running(controlplane.kubeconfig, tmp_path, arguments))
        await world.until_hook(lambda hook: _numbers(hook) == (30, 30))
        await world.until(lambda out: set(missed) <= set(out), lambda: _out(pod))
        assert sorted(pod.put_out()) == sorted(missed)


async def test_a_hook_goes_while_it_is_filled(
    world: World, controlplane: ControlPlane, operator: Operator, entrance: Gateway, tmp_path: Path
) -> None:
    _sign_ins(world, 5_000)
    await _apply(world, entrance, history="1h")
    async with real_pod(world, controlplane, _folder(tmp_path), _POD, entrance) as pod:
        await world.until(lambda out: len(out) > 0, lambda: _out(pod))
        await world.delete(HOOK, NAME)
        await world.until_gone()
    assert operator.process.returncode is None


async def test_with_detect_only_it_is_counted_and_left_to_people(
    world: World, controlplane: ControlPlane, operator: Operator, entrance: Gateway, tmp_path: Path
) -> None:
    assert operator.port
    await _apply(world, entrance, backfill="DetectOnly")
    async with real_pod(world, controlplane, _folder(tmp_path), _POD, entrance) as pod:
        await world.until_hook(_is_subscribed)
        entrance.is_up = False
        missed = _sign_ins(world, 5)
        await world.until(bool, lambda: _are_given_up(world, missed))
        await world.until_hook(lambda hook: _numbers(hook) == (5, 0))
        assert pod.put_out() == []


async def test_a_new_hook_is_given_its_history_oldest_first(
    world: World, controlplane: ControlPlane, operator: Operator, entrance: Gateway, tmp_path: Path
) -> None:
    assert operator.port
    earlier = _sign_ins(world, 25)
    await _apply(world, entrance, history="1h")
    async with real_pod(world, controlplane, _folder(tmp_path), _POD, entrance) as pod:
        await world.until(lambda out: set(earlier) <= set(out), lambda: _out(pod))
        seen = await world.until_hook(_has_all_its_history)
        assert pod.put_out() == earlier
    assert seen.status.backfill is not None
    assert (seen.status.backfill.history, _numbers(seen)) == (25, (0, 0))


async def _apply(world: World, entrance: Gateway, **delivery: str) -> None:
    """A hook whose pod is made, and whose pod may be started since its secrets are there."""
    await world.apply_org(logPollInterval="1s")
    await world.apply_hook(
        receiver={"journal": {"emptyDir": {}}}, auth={}, exposure={"url": entrance.url}, delivery={**delivery}
    )
    await world.until_hook(lambda hook: says(hook, "Synced", "True"))


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pod"
    folder.mkdir()
    return folder


def _sign_ins(world: World, count: int) -> list[str]:
    """Let people sign in; the events' uuids, oldest first."""
    organization = world.okta.organization
    happened = [organization.activity.generator.of_type(_SIGN_IN) for _ in range(count)]
    for event in happened:
        organization.events.emitter.emit(event)
    return [event.uuid for event in happened]


async def _out(pod: RealPod) -> list[str]:
    return pod.put_out()


async def _are_given_up(world: World, uuids: list[str]) -> bool:
    """Whether Okta will deliver none of some events any more."""
    truth = world.okta.organization.events.truth
    fates = [fate for uuid in uuids if (told := truth.get(uuid)) is not None for fate in told.hooks.values()]
    return len(fates) == len(uuids) and all(fate.outcome == "given up" for fate in fates)


def _numbers(hook: HookObject) -> tuple[int, int]:
    """How many events were missed, and how many of them brought."""
    told = hook.status.deliveries
    return (told.missed, told.filled) if told is not None else (0, 0)


def _is_subscribed(hook: HookObject) -> bool:
    """Whether the status tells since when events are due, so that another operator knows."""
    return is_ready(hook) and hook.status.backfill is not None and hook.status.backfill.since is not None


def _has_all_its_history(hook: HookObject) -> bool:
    told = hook.status.backfill
    return told is not None and told.history > 0 and told.history_to_bring is None
