"""How fast a gap of 100,000 events is filled, and what the operator takes while it fills it.

A hook that is given its history is filled as one is whose endpoint was broken. The operator is a process of its own,
and so are receiver and dispatcher; events come from a simulated organisation over HTTPS, a page of 1,000 at a time, and
are counted at the sink. Okta's limit on requests for its System Log is lifted, which would be measured else: 30 pages a
minute, with half of what it grants one credential.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measurement import Measurement
from contract.okta_hooks.controller.world import World, says
from okta_simulator.options import RateLimits
from operating.fleet import operated
from operating.memory import peak_mb
from operating.real_pod import RealPod, gateway, real_pod

_EVENTS = 100_000
_AT_ONCE = 1_000
_TYPE = "user.session.start"
_POD = "127.77.9.32"
_LIFTED = RateLimits(buckets={"/api/v1": 100_000, "/api/v1/logs": 100_000})


def run() -> Iterable[Measurement]:
    """Fill, and look at the operator meanwhile."""
    seconds, rss = asyncio.run(_filled())
    yield Measurement("backfill_events_per_second", _EVENTS / seconds, "1/s")
    yield Measurement("backfill_operator_rss_mb", rss, "MB")


async def _filled() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        async with operated(1, _LIFTED) as fleet, gateway(fleet.certificates) as entrance:
            (world,) = fleet.worlds
            await _let_happen(world)
            await world.apply_org()
            await world.apply_hook(
                receiver={"journal": {"emptyDir": {}}},
                auth={},
                exposure={"url": entrance.url},
                delivery={"history": "1h"},
            )
            await world.until_hook(lambda hook: says(hook, "Synced", "True"))
            async with real_pod(world, fleet.plane, Path(folder), _POD, entrance) as pod:
                seconds = await _seconds(pod)
            return seconds, peak_mb(fleet.operator.process.pid)


async def _let_happen(world: World) -> None:
    organization = world.okta.organization
    for _ in range(_EVENTS // _AT_ONCE):
        for _ in range(_AT_ONCE):
            organization.events.emitter.emit(organization.activity.generator.of_type(_TYPE))
        await asyncio.sleep(0)


async def _seconds(pod: RealPod) -> float:
    """From the first event at the sink to the last."""
    await pod.dispatcher.lines(1)
    began = time.monotonic()
    async with asyncio.timeout(900):
        while pod.lines() < _EVENTS:  # noqa: ASYNC110 -- only the file tells
            await asyncio.sleep(0.1)
    return time.monotonic() - began
