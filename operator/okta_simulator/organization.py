"""An Okta organisation: its services, put together."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from okta_simulator.clock import Clock
from okta_simulator.emission import Emitter
from okta_simulator.event_hooks.circuit_breaker import CircuitBreaker
from okta_simulator.event_hooks.console import Console
from okta_simulator.event_hooks.courier import Courier
from okta_simulator.event_hooks.daily_cap import Count, DailyCap
from okta_simulator.event_hooks.delivery import Delivery
from okta_simulator.event_hooks.endpoint import EndpointClient
from okta_simulator.event_hooks.failures import Failures
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.event_hooks.outbox import Outbox
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.event_hooks.verification import Verification
from okta_simulator.events.administrative import AuditTrail
from okta_simulator.events.catalog import Catalog
from okta_simulator.events.shape import Shape
from okta_simulator.faults.delivery import DeliveryFault, ScheduledDeliveryFaults
from okta_simulator.faults.management import ManagementFault
from okta_simulator.faults.schedule import Schedule
from okta_simulator.ground_truth import GroundTruth
from okta_simulator.ids import Ids
from okta_simulator.management.endpoint import Resource
from okta_simulator.management.event_hooks import EventHooksResource
from okta_simulator.options import Options
from okta_simulator.state import Collection, Memory, Recorder
from okta_simulator.system_log.log import SystemLog


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
        self.catalog = Catalog()
        self.log = SystemLog(self.clock, self.options.log, self.dice, self.recorder)
        self._observe()
        self._deliver()

    def _observe(self) -> None:
        """From something that happens to the System Log and to what waits for hooks."""
        choices = self.options.delivery
        self._kept_hooks = Collection("event_hook", EventHook, self.recorder)
        self.outbox = Outbox(choices.waiting_events)
        self.emitter = Emitter(self._kept_hooks, self.log, self.outbox, self.truth, self.clock, choices)
        self.audit = AuditTrail(
            self.emitter.emit, clock=self.clock, ids=self.ids, catalog=self.catalog, shape=Shape(self.options.log)
        )

    def _deliver(self) -> None:
        """From what waits for hooks to their endpoints."""
        choices = self.options.delivery
        faults = ScheduledDeliveryFaults(self.delivery_faults)
        self.event_hooks = EventHooks(self._kept_hooks, self.catalog, self.audit, self.clock, self.ids, self.options)
        self.endpoints = EndpointClient(self.options.endpoints, choices.timeout_seconds, self.ids)
        self.verification = Verification(self.event_hooks, self.endpoints, self.options)
        breaker = CircuitBreaker(choices.circuit_breaker)
        courier = Courier(self.endpoints, faults, self.truth, breaker, self.clock, self.ids, choices, self.url)
        self.console = Console(self.event_hooks, courier, self.clock, self.ids, choices, self.url)
        counts = Collection("delivered_events", Count, self.recorder)
        self.delivery = Delivery(
            hooks=self.event_hooks,
            outbox=self.outbox,
            courier=courier,
            cap=DailyCap(counts, self.options.limits, self.audit, self.clock),
            breaker=breaker,
            failures=Failures(self.event_hooks, choices.deactivate_after_failures),
            faults=faults,
            witness=self.truth,
            clock=self.clock,
            ids=self.ids,
            random=self.dice,
            choices=choices,
        )

    def resources(self) -> tuple[Resource, ...]:
        """The management API, behind credentials, scopes and rate limits."""
        return (EventHooksResource(self.event_hooks, self.verification, self.options.event_hooks, self.url),)

    def workers(self) -> tuple[Worker, ...]:
        """What runs in the background."""
        return (self.delivery,)

    def routes(self) -> Sequence[web.RouteDef]:
        """Everything that answers over HTTP."""
        return ()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the background work run while the context lasts."""
        async with self.endpoints, asyncio.TaskGroup() as group:
            tasks = [group.create_task(worker.run()) for worker in self.workers()]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
