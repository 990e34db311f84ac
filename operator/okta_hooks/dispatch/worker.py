"""The task that feeds one sink, live and again."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from okta_hooks.admin.dispatcher_statistics import CircuitState
from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.batch import Event, Outcome
from okta_hooks.dispatch.circuit import Circuit
from okta_hooks.dispatch.courier import Courier, Door
from okta_hooks.dispatch.judging import Holdup
from okta_hooks.dispatch.latency import Latencies
from okta_hooks.dispatch.ledger import Ledger
from okta_hooks.dispatch.live import LiveLane
from okta_hooks.dispatch.preparation import Preparation
from okta_hooks.dispatch.rate import Rate
from okta_hooks.dispatch.replaying import ReplayLane, Requests
from okta_hooks.dispatch.source import BatchLimits, Source
from okta_hooks.dispatch.window import Window
from okta_hooks.dispatch.writing import Writing
from okta_hooks.formats import Format
from okta_hooks.journal import ArrivalPath, Position
from okta_hooks.routing import SinkRoutes
from okta_hooks.sinks import SinkSettings

_READ_AHEAD = 1
"""How many batches are made ready while others are on their way."""


@dataclass(frozen=True)
class Assignment:
    """How a sink is to be fed.

    Attributes:
        name: Its name.
        settings: What opens it.
        format: How its events are written.
        routes: Which events it gets; None for all.
        limits: When a batch of them is complete.
        backoff: How long to wait after a failure.
        concurrency: How many batches may be on their way at once.
        max_rate: The most events a second; None for as many as it takes.
        start_at_ns: What Okta published before is not for it, in nanoseconds of Unix time; None for all.
    """

    name: str
    settings: SinkSettings
    format: Format
    routes: SinkRoutes | None
    limits: BatchLimits
    backoff: Backoff
    concurrency: int = 1
    max_rate: float | None = None
    start_at_ns: int | None = None

    @property
    def paced_limits(self) -> BatchLimits:
        """The limits of a batch, so that none holds more than what may pass in a second."""
        if self.max_rate is None:
            return self.limits
        return replace(self.limits, max_events=min(self.limits.max_events, max(int(self.max_rate), 1)))

    def preparation(self, route: str | None = None, path: ArrivalPath | None = None) -> Preparation:
        """What becomes of a record: by the sink's routes, or by one of them alone."""
        routes = self.routes if route is None else (self.routes or SinkRoutes(())).only(route)
        return Preparation(self.format, routes=routes, start_at_ns=self.start_at_ns, path=path)


class SinkWorker:
    """Feeds a sink.

    Args:
        assignment: How.
        source: Where events come from.
        ledger: Where its cursor is, and its dead letters go.
        requests: What it is to be given again.
        chance: Where jitter comes from.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        assignment: Assignment,
        *,
        source: Source,
        ledger: Ledger,
        requests: Requests,
        chance: random.Random,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._assignment = assignment
        self._source = source
        self._ledger = ledger
        self._requests = requests
        self._now_ns = now_ns
        self._circuit = Circuit(assignment.name, assignment.backoff, chance)
        self._preparation = assignment.preparation()
        self.latencies = Latencies()
        """How long its live events took."""

    @property
    def holdup(self) -> Holdup | None:
        """Why the sink can't be served now; None while it can."""
        return self._circuit.holdup

    @property
    def circuit(self) -> CircuitState:
        """Whether anything is handed over now."""
        return self._circuit.state

    @property
    def route_failures(self) -> Mapping[str, str]:
        """Routes to it that had no answer for an event, each with the last reason."""
        return self._preparation.failures

    async def run(self) -> None:
        """Go on from the sink's cursor, which there has to be; never ends by itself.

        Raises:
            DatabaseFailed: The ledger or the index can't be used; alone, or in an `ExceptionGroup`.
        """
        assignment = self._assignment
        async with assignment.settings.open() as sink:
            turns = asyncio.Semaphore(assignment.concurrency)
            door = Door(assignment.name, sink, self._circuit, Rate(assignment.max_rate), turns)
            window = Window(assignment.concurrency + _READ_AHEAD, self._advance)
            live = self._live(door, window)
            async with window.moving(), asyncio.TaskGroup() as tasks:
                tasks.create_task(live.read(self._ledger.cursors[assignment.name].place))
                tasks.create_task(self._replays(door).run())
                for _ in range(assignment.concurrency):
                    tasks.create_task(live.deliver())

    def _live(self, door: Door, window: Window) -> LiveLane:
        courier = Courier(door, self.latencies.acknowledged, now_ns=self._now_ns)
        return LiveLane(self._source, self._assignment.paced_limits, self._writing(self._preparation), courier, window)

    def _replays(self, door: Door) -> ReplayLane:
        return ReplayLane(
            self._assignment.name,
            self._requests,
            source=self._source,
            limits=self._assignment.paced_limits,
            prepare=lambda route: self._writing(self._assignment.preparation(route, ArrivalPath.REPLAY)),
            letters=self._writing(Preparation(self._assignment.format, path=ArrivalPath.REPLAY)),
            courier=Courier(door, _unmeasured, now_ns=self._now_ns),
            now_ns=self._now_ns,
        )

    def _writing(self, preparation: Preparation) -> Writing:
        return Writing(preparation, self._circuit)

    async def _advance(self, place: Position, outcome: Outcome) -> None:
        await self._ledger.advance(self._assignment.name, place, outcome, now_ns=self._now_ns())


def _unmeasured(events: Sequence[Event], now_ns: int) -> None:
    """How long ago a replayed event was received says nothing about the sink."""
