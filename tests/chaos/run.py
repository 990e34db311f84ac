"""A run: everything is started, goes wrong as planned, and is given time to be well again."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from chaos.incidents import INCIDENTS
from chaos.kubelet import Kubelet
from chaos.operators import operators
from chaos.pod import pod
from chaos.schedule import Planned
from chaos.sink import counting_sink
from chaos.stage import Stage
from chaos.verdict import Ending
from chaos.witness import Witness
from contract.okta_hooks.controller.namespaces import fresh
from contract.okta_hooks.controller.okta import answering, issue, listening
from contract.okta_hooks.controller.world import SECRET_VALUE, World, is_ready, says
from localcluster.controlplane import ControlPlane
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.kube.api_server import connect
from okta_simulator.clock import Clock
from okta_simulator.options import Delivery, Endpoints, Limits, Options, RateLimits
from operating.real_pod import gateway

_OKTA_IS_FASTER = 1.2
_PATIENCE = 45.0
"""Seconds that the status is given to name what lasts."""
_BATCH = 500


@dataclass(frozen=True)
class Course:
    """What is to happen.

    Args:
        seed: Chance, of the organisation too.
        plan: What goes wrong when.
        seconds: How long events happen.
        rate: Events a second.
        recovery: Seconds within which all has to be well again, twice: first at the sink, then in the status.
    """

    seed: int
    plan: Sequence[Planned]
    seconds: float
    rate: float
    recovery: float


async def run(course: Course, plane: ControlPlane, folder: Path, tell: Callable[[str], object]) -> Ending:
    """Let it happen; gives how it ended.

    Args:
        course: What.
        plane: Kubernetes, which knows our kinds.
        folder: An empty folder.
        tell: Is told what goes on.
    """
    async with _stage(course, plane, folder) as stage:
        witness = Witness(stage.world)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(witness.watch()), group.create_task(stage.flow(course.rate))]
            unnamed = await _let_go_wrong(course, stage, witness, tell)
            for task in tasks:
                task.cancel()
        tell(f"{len(stage.emitted)} events were emitted; waiting until all is well")
        await stage.sink.until(set(stage.emitted), course.recovery)
        hook = await _well(stage.world, course.recovery)
        return Ending(
            emitted=stage.emitted,
            at_sink=frozenset(stage.sink.events),
            altered=stage.sink.altered,
            repeats=stage.sink.repeats,
            allowed_repeats=_BATCH * sum(each.incident in _LOSES_ANSWERS for each in course.plan),
            hooks=len(stage.world.hooks_in_okta()),
            conditions={each.type: (each.status, f"{each.reason}: {each.message}") for each in hook.status.conditions},
            unnamed=unnamed,
        )


_LOSES_ANSWERS = frozenset({"the dispatcher is killed", "a segment is corrupted"})
"""Incidents after which the dispatcher may send one batch again."""


async def _let_go_wrong(
    course: Course, stage: Stage, witness: Witness, tell: Callable[[str], object]
) -> dict[str, str]:
    clock, unnamed = asyncio.get_running_loop().time, dict[str, str]()
    begin = clock()
    for planned in course.plan:
        await asyncio.sleep(max(0.0, begin + planned.begins - clock()))
        incident = INCIDENTS[planned.incident]
        tell(f"{clock() - begin:6.1f} s: {planned.incident}")
        witness.begin()
        await incident.begin(stage)
        await asyncio.sleep(planned.lasts)
        if incident.named and not await _is_named(witness, incident.named):
            unnamed[planned.incident] = ", ".join(sorted(witness.said))
        await incident.end(stage)
        tell(f"{clock() - begin:6.1f} s: over; the status said {', '.join(sorted(witness.said)) or 'nothing'}")
    await asyncio.sleep(max(0.0, begin + course.seconds - clock()))
    return unnamed


async def _is_named(witness: Witness, reasons: frozenset[str]) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while not reasons & witness.said:  # noqa: ASYNC110 -- the witness looks from time to time, too
                await asyncio.sleep(0.1)
    return bool(reasons & witness.said)


async def _well(world: World, seconds: float) -> HookObject:
    """The hook once all its conditions are True, or when it has had its time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not _all_true(await world.hook()):  # noqa: ASYNC110 -- an API server's object is looked at
                await asyncio.sleep(1)
    return await world.hook()


def _all_true(hook: HookObject) -> bool:
    return is_ready(hook) and all(each.status == "True" for each in hook.status.conditions)


@contextlib.asynccontextmanager
async def _stage(course: Course, plane: ControlPlane, folder: Path) -> AsyncIterator[Stage]:
    """Start everything, and wait until the hook is Ready and events are due to it."""
    async with contextlib.AsyncExitStack() as stack:
        certificates = issue(folder)
        api = await stack.enter_async_context(connect(plane.kubeconfig))
        namespace = await stack.enter_async_context(fresh(plane, api))
        options = Options(
            endpoints=Endpoints(extra_ca_file=str(certificates.authority)),
            delivery=Delivery(batching_window=timedelta(milliseconds=500)),
            limits=Limits(daily_events=10_000_000, daily_events_warning=10_000_000),
            rate_limits=RateLimits(buckets={"/api/v1": 6_000, "/api/v1/logs": 6_000}),
        )
        clock = Clock(speed=_OKTA_IS_FASTER)
        okta = await stack.enter_async_context(answering(options, certificates, clock=clock, seed=course.seed))
        entrance = await stack.enter_async_context(gateway(certificates))
        nowhere = await stack.enter_async_context(listening(SECRET_VALUE, certificates))
        world = World(api, namespace, okta, nowhere)
        await world.apply_secrets(certificates)
        arguments = (
            f"--namespace={namespace}",
            f"--watch-namespace={namespace}",
            f"--probe-ca={certificates.authority}",
            "--missed-after-seconds=10",
        )
        operated = await stack.enter_async_context(operators(plane.kubeconfig, folder, arguments))
        await operated.start()
        await world.apply_org(logPollInterval="2s")
        await world.apply_hook(receiver={"journal": {"emptyDir": {}}}, exposure={"url": entrance.url})
        await world.until_hook(lambda hook: says(hook, "Synced", "True"))
        sink = await stack.enter_async_context(counting_sink())
        (folder / "pod").mkdir()
        address = _free_address()
        running = await stack.enter_async_context(pod(world, folder / "pod", address, entrance, sink.url))
        async with asyncio.TaskGroup() as group:
            task = group.create_task(Kubelet(world, plane, running, address).run())
            await world.until_hook(_is_due)
            yield Stage(world, entrance, running, operated, sink)
            task.cancel()


def _free_address() -> str:
    """Of this machine, and nobody else's: a pod's ports are the same for all pods."""
    high, low = divmod(os.getpid(), 1 << 8)
    return f"127.{78 + high // 256}.{high % 256}.{low}"


def _is_due(hook: HookObject) -> bool:
    return (
        says(hook, "Verified", "True") and hook.status.backfill is not None and hook.status.backfill.since is not None
    )
