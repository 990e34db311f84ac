"""How much memory the operator takes: idle, and with 500 hooks of 20 organisations, in millions of bytes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from benchmarks.measurement import Measurement
from operating.fleet import operated
from operating.memory import peak_mb

_ORGANIZATIONS = 20
_HOOKS = 25
"""In each organisation: as many as Okta lets be active."""
_SETTLING = 15.0
"""Seconds in which a start, or the last of many reconciles, comes to its end."""


def run() -> Iterable[Measurement]:
    """Measure the most that was ever in use: before any object is applied, and once all hooks are Ready."""
    return asyncio.run(_measured())


async def _measured() -> list[Measurement]:
    async with operated(_ORGANIZATIONS) as fleet:
        pid = fleet.operator.process.pid
        await asyncio.sleep(_SETTLING)
        idle = peak_mb(pid)
        began = time.perf_counter()
        await fleet.apply([_HOOKS] * _ORGANIZATIONS, resync="5m")
        seconds = time.perf_counter() - began
        await asyncio.sleep(_SETTLING)
        return [
            Measurement("operator_idle_rss_mb", idle, "MB"),
            Measurement("operator_rss_mb", peak_mb(pid), "MB"),
            Measurement("operator_500_hooks_ready_seconds", seconds, "s"),
        ]
