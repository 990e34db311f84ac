"""A company in which things happen, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from okta_simulator.clock import Clock
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.seed import found
from okta_simulator.directory.user import User
from okta_simulator.events.administrative import AuditTrail
from okta_simulator.events.catalog import Catalog
from okta_simulator.events.generator import EventGenerator
from okta_simulator.events.log_event import LogEvent
from okta_simulator.events.shape import Shape
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject
from okta_simulator.options import Log
from okta_simulator.state.recorder import Memory

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class CompanyEvents:
    """Makes events, all from one seed."""

    options: Log = field(default_factory=Log)
    seed: int = 1
    clock: Clock = field(default_factory=lambda: Clock(speed=0, start=START))
    emitted: list[LogEvent] = field(default_factory=list)

    def __post_init__(self) -> None:
        ids = Ids(self.seed)
        self.catalog = Catalog()
        self.directory = Directory(Memory())
        found(self.directory, ids, self.clock)
        shape = Shape(self.options)
        self.generator = EventGenerator(
            self.directory, catalog=self.catalog, shape=shape, clock=self.clock, ids=ids, random=Random(self.seed)
        )
        self.audit = AuditTrail(self.emitted.append, clock=self.clock, ids=ids, catalog=self.catalog, shape=shape)

    def user(self, name: str) -> User:
        return self.directory.user(name)

    async def story(self, name: str, user: str | None = None) -> list[LogEvent]:
        """A story without its pauses."""
        whom = self.user(user) if user else None
        await self.generator.tell(name, whom, self.emitted.append, pace=0)
        return self.emitted


def part(event: LogEvent, name: str) -> JsonObject:
    """A context of an event that is there."""
    value = getattr(event, name)
    assert isinstance(value, dict)
    return value


def targets(event: LogEvent, kind: str) -> list[JsonObject]:
    """The targets of a type, wherever they stand."""
    assert isinstance(event.target, list)
    return [target for target in event.target if target["type"] == kind]
