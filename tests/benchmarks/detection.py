"""How long it takes until a delivery that Okta gave up is in the hook's status, with every interval at its default.

Counted from when Okta wrote it down. Several are given up, at moments that have nothing to do with the polls; the
slowest counts.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from benchmarks.measurement import Measurement
from contract.okta_hooks.controller.world import World
from operating.fleet import operated

_DELIVERIES = 3
_APART = 23.0
"""Seconds between one that is in the status and the next: no part of an interval of 60 s."""
_DEADLINE = 150.0
"""Seconds after which it counts as never told."""
_LOOK_EVERY = 0.1
_SETTLING = 15.0
"""Seconds from Ready on until the first poll was made."""


def run() -> Iterable[Measurement]:
    """Measure it with a real API server."""
    yield Measurement("detection_seconds", round(max(asyncio.run(_detected())), 1), "s")


async def _detected() -> list[float]:
    async with operated(1) as fleet:
        (world,) = fleet.worlds
        await fleet.apply([1], resync="5m")
        await asyncio.sleep(_SETTLING)
        world.endpoint.is_up = False
        seconds = list[float]()
        for number in range(_DELIVERIES):
            await asyncio.sleep(_APART)
            seconds.append(await _detect(world, number + 1))
        return seconds


async def _detect(world: World, number: int) -> float:
    """Seconds from Okta's entry on until the status tells of it."""
    organization = world.okta.organization
    organization.events.emitter.emit(organization.activity.generator.of_type("user.session.start"))
    async with asyncio.timeout(_DEADLINE):
        while _given_up(world) < number:  # noqa: ASYNC110 -- what is waited for is in other processes
            await asyncio.sleep(_LOOK_EVERY)
        began = time.monotonic()
        while await _told(world) < number:  # noqa: ASYNC110 -- as above
            await asyncio.sleep(_LOOK_EVERY)
    return time.monotonic() - began


def _given_up(world: World) -> int:
    log = world.okta.organization.events.log
    return sum(b'"event_hook.delivery"' in log.text(position) for position in range(log.begin(), log.end()))


async def _told(world: World) -> int:
    failures = (await world.hook("hook-00")).status.failures
    return failures.count if failures is not None else 0
