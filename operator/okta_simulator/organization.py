"""An Okta organisation: its services, put together."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from okta_simulator.clock import Clock
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.faults.schedule import Schedule
from okta_simulator.ground_truth import GroundTruth
from okta_simulator.ids import Ids
from okta_simulator.management.endpoint import Resource
from okta_simulator.options import Options
from okta_simulator.state import Memory, Recorder


class Worker(Protocol):
    """A service that has something to do besides answering requests."""

    async def run(self) -> None:
        """Work until cancelled."""


class Organization:
    """Everything that one organisation knows and does; HTTP reaches it through `okta_simulator.server`.

    Args:
        options: What was chosen of it.
        url: Where clients and hooks' endpoints are told to find it, without a trailing slash.
        clock: Its time.
        ids: Its identifiers; a seed makes them repeatable.
        dice: Its chances; seeded, a run can be repeated.
        recorder: Where its state is kept.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        url: str = "https://example.okta.com",
        clock: Clock | None = None,
        ids: Ids | None = None,
        dice: random.Random | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.options = options or Options()
        self.url = url
        self.clock = clock or Clock()
        self.ids = ids or Ids()
        self.recorder = recorder or Memory()
        self.dice = dice or random.Random()
        self.management_faults = Schedule[ManagementFault](self.ids, self.dice)
        self.delivery_faults = Schedule[DeliveryFault](self.ids, self.dice)
        self.truth = GroundTruth(self.clock)

    def resources(self) -> tuple[Resource, ...]:
        """The management API, behind credentials, scopes and rate limits."""
        return ()

    def workers(self) -> tuple[Worker, ...]:
        """What runs in the background."""
        return ()

    def routes(self) -> Sequence[web.RouteDef]:
        """Everything that answers over HTTP."""
        return ()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the background work run while the context lasts."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(worker.run()) for worker in self.workers()]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
