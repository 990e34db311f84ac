"""What the servers' settings do not survive.

A server tells on its monitoring endpoint alone how often it syncs: the client's protocol does not say it. So without
an endpoint nothing is claimed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta

import aiohttp
import msgspec

_LOOK_SECONDS = 60.0
_ANSWER = aiohttp.ClientTimeout(total=1)
_UNCHECKED = (
    "whether the servers of the distributed journal sync before they acknowledge was not checked: name their "
    "monitoring endpoints, and set sync_interval to always"
)


class _JetStreamConfig(msgspec.Struct, frozen=True):
    sync_interval: int = 0
    sync_always: bool = False


class _JetStream(msgspec.Struct, frozen=True):
    config: _JetStreamConfig = _JetStreamConfig()


class _Varz(msgspec.Struct, frozen=True):
    jetstream: _JetStream = _JetStream()


class Durability:
    """Looks at the servers' settings from time to time.

    Args:
        monitors: URLs of the monitoring endpoints; each tells of one server.
    """

    def __init__(self, monitors: Sequence[str]) -> None:
        self._monitors = monitors
        self._looked = -_LOOK_SECONDS
        self.weakness: str | None = _UNCHECKED
        """What is not survived, as a sentence; None when all is that a journal should."""

    async def look(self, replicas: int) -> None:
        """Look, unless that was done lately."""
        if not self._monitors or time.monotonic() - self._looked < _LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        async with aiohttp.ClientSession(timeout=_ANSWER) as session:
            intervals = await asyncio.gather(*(_sync_interval(session, url) for url in self._monitors))
        known = [interval for interval in intervals if interval is not None]
        self.weakness = _UNCHECKED if len(known) < len(intervals) else weakness(replicas, max(known))


def weakness(replicas: int, sync_interval: timedelta) -> str | None:
    """What a stream does not survive.

    Args:
        replicas: On how many servers it is kept.
        sync_interval: After how long the slowest of them syncs; zero before it acknowledges.
    """
    if replicas == 1:
        missing = "the loss of its one server's disk loses events that were acknowledged: keep 3 replicas"
        if sync_interval:
            missing += f"; so does a loss of power, those of the last {_seconds(sync_interval)}: set sync_interval "
            missing += "to always"
        return missing
    if sync_interval:
        return (
            f"a loss of power on {replicas // 2 + 1} of {replicas} servers, or on one while another is away, can lose "
            f"what was acknowledged in the last {_seconds(sync_interval)}: set sync_interval to always on every server"
        )
    return None


async def _sync_interval(session: aiohttp.ClientSession, monitor: str) -> timedelta | None:
    try:
        async with session.get(f"{monitor.rstrip('/')}/varz") as response:
            config = msgspec.json.decode(await response.read(), type=_Varz).jetstream.config
    except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError):
        return None
    if config.sync_always:
        return timedelta(0)
    return timedelta(microseconds=config.sync_interval / 1000) if config.sync_interval else None


def _seconds(interval: timedelta) -> str:
    return f"{interval.total_seconds():g} s"
