"""The task that looks at everything each second, so that asking costs nothing, however often somebody does."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Never, Protocol

from okta_hooks.admin.dispatcher_statistics import (
    CircuitState,
    DispatcherStatistics,
    LostStatistics,
    RouteStatistics,
    SinkState,
    SinkStatistics,
    SkippedStatistics,
)
from okta_hooks.dispatch.dead_letters import DeadLetters
from okta_hooks.dispatch.index import Index, Outcome, Summary
from okta_hooks.dispatch.indexing import Indexing
from okta_hooks.dispatch.judging import Holdup
from okta_hooks.dispatch.ledger import Ledger, SinkCursor
from okta_hooks.dispatch.losses import Loss
from okta_hooks.dispatch.tallies import Counted, Tally
from okta_hooks.journal import BEGINNING, Bounds, JournalFailed, Position, Reader


class Served(Protocol):
    """How a sink is doing, as its worker knows."""

    @property
    def holdup(self) -> Holdup | None:
        """Why it can't be served just now."""
        ...

    @property
    def circuit(self) -> CircuitState:
        """Whether it is handed anything now."""
        ...

    @property
    def route_failures(self) -> Mapping[str, str]:
        """Routes to it that had no answer for an event, each with the last reason."""
        ...


@dataclass(frozen=True)
class Observed:
    """What is looked at.

    Attributes:
        reader: The journal, as it fails.
        index: What was counted.
        indexing: How far that is.
        ledger: The sinks' cursors.
        dead_letters: What they refused.
        served: The sinks that are served.
        route_troubles: Every route that is configured, each with why it takes nothing.
        configuration_trouble: Why the newest configuration is not used.
        damaged_files: What was set aside, and is still there.
    """

    reader: Reader
    index: Index
    indexing: Indexing
    ledger: Ledger
    dead_letters: DeadLetters
    served: Callable[[], Mapping[str, Served]]
    route_troubles: Callable[[], Mapping[str, str | None]]
    configuration_trouble: Callable[[], str | None]
    damaged_files: Callable[[], tuple[str, ...]]


class Observer:
    """Looks.

    Args:
        observed: At what.
        every: The time between two looks.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        observed: Observed,
        *,
        every: timedelta = timedelta(seconds=1),
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._observed = observed
        self._every = every
        self._now_ns = now_ns
        self._bounds = Bounds(BEGINNING, BEGINNING)
        self._journal_trouble: str | None = None
        now = _moment(now_ns())
        self.latest = DispatcherStatistics(started_at=now, observed_at=now)
        """What was seen last."""

    async def run(self) -> Never:
        """Look for ever."""
        while True:
            await self.look()
            await asyncio.sleep(self._every.total_seconds())

    async def look(self) -> None:
        """Look once."""
        seen = self._observed
        await self._look_at_journal()
        summary = await seen.index.summary()
        served, letters = seen.served(), await seen.dead_letters.counts()
        sinks = {
            name: await self._sink(cursor, served.get(name), letters.get(name, 0))
            for name, cursor in sorted(seen.ledger.cursors.items())
        }
        self.latest = DispatcherStatistics(
            started_at=self.latest.started_at,
            observed_at=_moment(self._now_ns()),
            unique=dict(sorted(summary.events[Outcome.UNIQUE].items())),
            repeats=_total(summary, Outcome.REPEAT),
            quarantined={each: _total(summary, each) for each in (Outcome.DIFFERS, Outcome.UNREADABLE)},
            not_indexed=self._behind(seen.indexing.place),
            last_event_at=_moment(summary.last_received_ns) if summary.last_received_ns else None,
            sinks=sinks,
            routes=_routes(seen.route_troubles(), seen.ledger.cursors.values(), served.values()),
            quarantined_kept={each: summary.kept.get(each, 0) for each in (Outcome.DIFFERS, Outcome.UNREADABLE)},
            lost=tuple(map(_lost, summary.lost)),
            journal_trouble=self._journal_trouble,
            configuration_trouble=seen.configuration_trouble(),
            damaged_files=seen.damaged_files(),
        )

    async def _look_at_journal(self) -> None:
        try:
            self._bounds = await self._observed.reader.bounds()
        except JournalFailed as error:
            self._journal_trouble = str(error)
        else:
            self._journal_trouble = None

    async def _sink(self, cursor: SinkCursor, served: Served | None, dead_letters: int) -> SinkStatistics:
        state, reason = _state(served)
        backlog = self._behind(cursor.place)
        return SinkStatistics(
            state=state,
            reason=reason,
            circuit=served.circuit if served else CircuitState.OPEN,
            backlog=backlog,
            oldest_received_at=await self._received_at(cursor.place) if backlog else None,
            delivered=cursor.delivered,
            last_success_at=_moment(cursor.delivered_ns) if cursor.delivered_ns else None,
            dead_letters=dead_letters,
            early=cursor.tallies.get(Tally(Counted.EARLY), 0),
            unrouted=cursor.tallies.get(Tally(Counted.UNROUTED), 0),
            skipped=tuple(SkippedStatistics(gap.since, gap.until, gap.records) for gap in cursor.skipped),
        )

    def _behind(self, place: Position) -> int:
        """How many records there are to read from a place."""
        return max(self._bounds.newest.sequence - max(place, self._bounds.oldest).sequence, 0)

    async def _received_at(self, place: Position) -> datetime | None:
        """When the first record behind a place was received."""
        try:
            batch = await self._observed.reader.read(place, max_records=1, max_bytes=1)
        except JournalFailed:
            return None
        return _moment(batch.entries[0].record.received_ns) if batch.entries else None


def _state(served: Served | None) -> tuple[SinkState, str | None]:
    if served is None:
        return SinkState.REMOVED, "it is not configured: bring it back, or name it in removedSinks"
    if served.holdup is None:
        return SinkState.RUNNING, None
    return SinkState.PAUSED if served.holdup.paused else SinkState.RETRYING, served.holdup.reason


def _routes(
    troubles: Mapping[str, str | None], cursors: Iterable[SinkCursor], served: Iterable[Served]
) -> dict[str, RouteStatistics]:
    """Each route, with what was counted of it for all sinks."""
    counts = sum((Counter(cursor.tallies) for cursor in cursors), Counter[Tally]())
    failures = {route: reason for sink in served for route, reason in sink.route_failures.items()}
    names = troubles.keys() | {tally.route for tally in counts if tally.route}
    return {
        name: RouteStatistics(
            trouble=troubles.get(name),
            failed=counts[Tally(Counted.FAILED, name)],
            last_failure=failures.get(name),
            undecided=counts[Tally(Counted.UNDECIDED, name)],
        )
        for name in sorted(names)
    }


def _lost(loss: Loss) -> LostStatistics:
    lost = loss.range
    return LostStatistics(lost.since, lost.until, lost.records, lost.where, loss.missing)


def _total(summary: Summary, outcome: Outcome) -> int:
    return sum(summary.events[outcome].values())


def _moment(unix_ns: int) -> datetime:
    return datetime.fromtimestamp(unix_ns / 1_000_000_000, UTC)
