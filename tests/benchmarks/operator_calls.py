"""How often the operator calls an organisation that nobody changes, while events happen: with one hook, and with 25.

An hour is measured in a minute: `resyncInterval` and `logPollInterval` are a sixtieth of their defaults, so that what
the operator does on its intervals happens sixty times as often; the System Log's rate limit is sixty times as large.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from benchmarks.measurement import Measurement
from okta_simulator.faults.management import ManagementFault
from okta_simulator.options import RateLimits
from okta_simulator.organization import Organization
from operating.fleet import operated

_HOOKS = (1, 25)
"""In two organisations of one operator."""
_HOUR = 60.0
"""Seconds that stand for an hour."""
_RESYNC = "5s"
"""In place of 5m."""
_POLL = "1s"
"""In place of 60s."""
_LIMITS = RateLimits(buckets={"/api/v1": 600, "/api/v1/logs": 60 * 120})
_SETTLING = 20.0
"""Seconds from Ready on until the last that was to be done has been."""
_EVENTS = 30.0
"""In a second, in each organisation."""


def run() -> Iterable[Measurement]:
    """Count the calls at the organisations."""
    for hooks, calls in zip(_HOOKS, asyncio.run(_counted()), strict=True):
        yield Measurement(f"okta_calls_per_org_per_hour_of_{hooks}", calls, "calls")


async def _counted() -> list[int]:
    async with operated(len(_HOOKS), _LIMITS) as fleet:
        await fleet.apply(_HOOKS, resync=_RESYNC)
        for world in fleet.worlds:
            await world.apply_org(resyncInterval=_RESYNC, logPollInterval=_POLL)
        organizations = [world.okta.organization for world in fleet.worlds]
        for organization in organizations:
            organization.activity.traffic.flow(_EVENTS, ("user.session.start",))
        await asyncio.sleep(_SETTLING)
        for organization in organizations:
            organization.management_faults.add(ManagementFault())  # does no harm: it counts the requests
        await asyncio.sleep(_HOUR)
        return [_calls(organization) for organization in organizations]


def _calls(organization: Organization) -> int:
    return sum(planned.struck for planned in organization.management_faults)
