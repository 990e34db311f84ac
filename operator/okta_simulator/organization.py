"""An Okta organisation: its services, put together."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from okta_simulator.assembly.access import Access
from okta_simulator.assembly.activity import Activity
from okta_simulator.assembly.event_hooks import EventHookServices
from okta_simulator.assembly.events import Events
from okta_simulator.assembly.foundation import Foundation
from okta_simulator.assembly.people import People
from okta_simulator.assembly.security_events import SecurityEvents
from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError
from okta_simulator.faults.management import ManagementFault
from okta_simulator.faults.schedule import Schedule
from okta_simulator.ids import Ids
from okta_simulator.management.blocked_addresses import BlockedAddresses
from okta_simulator.management.endpoint import Resource
from okta_simulator.options import Options
from okta_simulator.state.kept_clock import KeptClock
from okta_simulator.state.recorder import Memory, Recorder


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

    Raises:
        BadInput: The options name a file or an address that can't be used, or the state is not of this version.
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
        base = Foundation(
            options=options or Options(),
            url=url,
            clock=clock or Clock(),
            ids=ids or Ids(),
            dice=dice or random.Random(),
            recorder=recorder or Memory(),
        )
        self.options, self.url = base.options, base.url
        self.clock, self.ids, self.dice = base.clock, base.ids, base.dice
        self._kept_clock = KeptClock(base.clock, base.recorder)
        self.events = Events(base)
        self.people = People(self.events.audited)
        self.security_events = SecurityEvents(self.events.audited, self.people)
        self._admission = BlockedAddresses(self.people.blocklists)
        self.activity = Activity(self.events, self.people)
        self.hooks = EventHookServices(self.events)
        self.access = Access(self.events.audited, self.people)
        self.management_faults = Schedule[ManagementFault](base.ids, base.dice)

    def api_token(self, secret: str | None = None) -> str:
        """A token of the organisation's first super administrator, for the header `Authorization: SSWS <token>`.

        Args:
            secret: The token itself, where a client knows it in advance; a new one when absent.
        """
        tokens = self.access.api_tokens
        if secret is not None:
            try:
                tokens.authenticate(secret, "127.0.0.1")
            except OktaError:
                pass  # not known from an earlier life
            else:
                return secret
        owner = self.people.super_administrator()
        return tokens.issue(owner.id, "okta-simulator", secret=secret).secret

    def resources(self) -> tuple[Resource, ...]:
        """The management API, behind credentials, scopes and rate limits."""
        areas = (self.events, self.hooks, self.people, self.security_events)
        return tuple(resource for area in areas for resource in area.resources())

    def workers(self) -> tuple[Worker, ...]:
        """What runs in the background."""
        return (self.hooks.delivery, self.activity.traffic, self._kept_clock)

    def routes(self) -> Sequence[web.RouteDef]:
        """Everything that answers over HTTP."""
        managed = [
            web.route(endpoint.method, endpoint.path, self.access.pipeline.handler(endpoint))
            for resource in self.resources()
            for endpoint in resource.endpoints()
        ]
        return [
            web.route(route.method, route.path, self._admission.guarded(route.handler))
            for route in (*self.access.routes(), *self.security_events.routes(), *managed)
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the background work run while the context lasts.

        Raises:
            ExceptionGroup: Some of that work failed, which ends the context.
        """
        failure: Exception | None = None
        async with self.hooks.client, asyncio.TaskGroup() as group:
            tasks = [group.create_task(worker.run()) for worker in self.workers()]
            try:
                yield
            except Exception as error:  # noqa: BLE001 -- raised again below: it is no failure of this group
                failure = error
            finally:
                for task in tasks:
                    task.cancel()
        if failure is not None:
            raise failure
