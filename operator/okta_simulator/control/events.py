"""`/events`, `/traffic`, `/stories`: letting something happen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from aiohttp import web

from okta_simulator.activity.emission import Emitter
from okta_simulator.activity.traffic import Traffic
from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import Done, Emitted, NewEvents, NewStory, Rate
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.user import User
from okta_simulator.errors import validation_failed
from okta_simulator.events.catalog import Catalog
from okta_simulator.events.generator import EventGenerator
from okta_simulator.events.log_event import LogEvent
from okta_simulator.events.stories import STORIES

_WITHOUT_PAUSE = 200  # events that are emitted in one go


@dataclass(frozen=True)
class EventControl:
    """Emits events at once, at a rate, or as stories."""

    directory: Directory
    catalog: Catalog
    generator: EventGenerator
    emitter: Emitter
    traffic: Traffic

    def operations(self) -> Sequence[Operation]:
        """The operations that let something happen."""
        return [
            Operation("POST", "/events", self._emit),
            Operation("GET", "/traffic", self._rate),
            Operation("PUT", "/traffic", self._set_rate),
            Operation("POST", "/stories", self._tell),
        ]

    async def _emit(self, request: web.Request) -> Emitted:
        wanted = await body_of(request, NewEvents)
        self._require_known(wanted.types)
        user = self.directory.user(wanted.login) if wanted.login else None
        uuids: list[str] = []
        for event in self._events(wanted, user):
            self.emitter.emit(event)
            uuids.append(event.uuid)
            if len(uuids) % _WITHOUT_PAUSE == 0:
                await asyncio.sleep(0)  # others want to be answered too
        return Emitted(uuids=uuids)

    def _events(self, wanted: NewEvents, user: User | None) -> Iterator[LogEvent]:
        """What is wanted, made at the moment when it is taken."""
        if wanted.events:
            yield from wanted.events
        elif wanted.types:
            for name in islice(cycle(wanted.types), wanted.count):
                yield self.generator.of_type(name, user)
        else:
            yield from self.generator.everyday(wanted.count)

    async def _rate(self, _: web.Request) -> Rate:
        return Rate(events_per_second=self.traffic.rate, types=self.traffic.types)

    async def _set_rate(self, request: web.Request) -> Rate:
        wanted = await body_of(request, Rate)
        self._require_known(wanted.types)
        self.traffic.flow(wanted.events_per_second, wanted.types)
        return wanted

    async def _tell(self, request: web.Request) -> Done:
        wanted = await body_of(request, NewStory)
        if wanted.story not in STORIES:
            raise validation_failed("story", f"There is no story {wanted.story!r}, but {', '.join(sorted(STORIES))}.")
        user = self.directory.user(wanted.login) if wanted.login else None
        self.traffic.tell(wanted.story, user, wanted.pace)
        return Done()

    def _require_known(self, types: tuple[str, ...]) -> None:
        unknown = [name for name in types if not self.catalog.is_known(name)]
        if unknown:
            raise validation_failed("types", *(f"There is no event type {name!r}." for name in unknown))
