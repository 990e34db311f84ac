"""The operator's own life: probes, metrics, a quiet object, restarts, and an end in order."""

from __future__ import annotations

import signal
from pathlib import Path

import aiohttp
import pytest

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import World, is_ready, says
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.leadership import Lease
from okta_hooks.kube.permissions import LEASE_NAME
from okta_hooks.kube.resources import LEASE
from okta_simulator.options import Endpoints, EventHooks, Options

pytestmark = pytest.mark.controlplane


async def test_probes_and_metrics_are_answered(operator: Operator, world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(is_ready)
    assert await _get(operator, "/healthz") == (200, "ok\n")
    assert await _get(operator, "/readyz") == (200, "ok\n")
    _, metrics = await _get(operator, "/metrics")
    assert 'okta_hooks_okta_calls_total{operation="create event hook",outcome="Ok"} 1.0' in metrics
    assert (
        f'condition="Ready",kind="OktaEventHook",name="sign-ins",namespace="{world.namespace}",status="True"' in metrics
    )


async def test_a_hook_that_is_ready_is_not_written_to_again(operator: Operator, world: World) -> None:
    await world.apply_org(resyncInterval="1s")
    await world.apply_hook(resyncInterval="1s")
    seen = await world.until_hook(is_ready)
    before = await _reconciles(operator)

    async def looked() -> float:
        return await _reconciles(operator) - before

    await world.until(lambda looks: looks >= 3, looked)
    assert (await world.hook()).metadata.resource_version == seen.metadata.resource_version


async def test_a_signal_ends_it_and_hands_the_lease_over(operator: Operator, world: World) -> None:
    assert await operator.end() == 0
    lease = Lease.model_validate(await world.api.get(LEASE, world.key(LEASE_NAME)))
    assert not lease.spec.holder_identity


class TestWhileOktaVerifies:
    """A reconcile that is under way when the signal comes has called Okta already, and its answer is on its way."""

    @pytest.fixture
    def okta_options(self, certificates: Certificates) -> Options:
        return Options(
            endpoints=Endpoints(extra_ca_file=str(certificates.authority)), event_hooks=EventHooks(verify_seconds=2.0)
        )

    async def test_a_signal_lets_it_end_and_say_what_came_of_it(self, operator: Operator, world: World) -> None:
        await world.apply_org()
        await world.apply_hook()
        await world.until_okta(lambda hooks: len(hooks) == 1)
        assert await operator.end() == 0
        seen = await world.hook()
        assert says(seen, "Verified", "True")


async def test_an_operator_that_was_killed_is_followed_by_one_that_goes_on(
    operator: Operator, world: World, kinds: ControlPlane, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    world.endpoint.is_up = False
    await world.apply_org()
    await world.apply_hook()
    await world.until_okta(lambda hooks: len(hooks) == 1)
    assert await operator.end(signal.SIGKILL) == -signal.SIGKILL
    world.endpoint.is_up = True
    async with running(kinds.kubeconfig, tmp_path, arguments):
        seen = await world.until_hook(is_ready)
    (hook,) = world.hooks_in_okta()
    assert hook.id == seen.status.hook_id


async def test_a_second_operator_stands_by_and_takes_over_when_the_first_ends(
    operator: Operator, world: World, kinds: ControlPlane, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    await world.apply_org()
    await world.apply_hook("first")
    await world.until_hook(is_ready, "first")
    async with running(kinds.kubeconfig, tmp_path, (*arguments, "--identity=second")) as second:
        assert await _reconciles(second) == 0
        assert await operator.end() == 0
        await world.apply_hook("second")
        await world.until_hook(is_ready, "second")
        assert await _reconciles(second) > 0
    assert len(world.hooks_in_okta()) == 2


async def _get(operator: Operator, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{operator.port}{path}") as response,
    ):
        return response.status, await response.text()


async def _reconciles(operator: Operator) -> float:
    _, metrics = await _get(operator, "/metrics")
    lines = [
        line for line in metrics.splitlines() if line.startswith('okta_hooks_reconciles_total{kind="OktaEventHook"')
    ]
    return sum(float(line.rpartition(" ")[2]) for line in lines)
