"""What a dispatcher answers to `GET /stats`, and the operator reads. Counts survive a restart of the process."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class SinkState(StrEnum):
    """How a sink is doing."""

    RUNNING = "running"
    RETRYING = "retrying"  # it can't take events now
    PAUSED = "paused"  # it takes none until somebody corrects something
    REMOVED = "removed"  # it is not configured any more, and its backlog was not given up


class CircuitState(StrEnum):
    """Whether a sink is handed anything."""

    CLOSED = "closed"  # yes
    OPEN = "open"  # not before a wait is over
    HALF_OPEN = "halfOpen"  # one batch, to see whether it still fails


class SkippedStatistics(msgspec.Struct, frozen=True, rename="camel"):
    """What a full journal has dropped before a sink had it.

    Attributes:
        since: Nothing of it was received before.
        until: Nothing of it was received after.
        records: How many records, repeats included, if that can be told.
    """

    since: datetime
    until: datetime
    records: int | None


class RouteStatistics(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a route could not decide.

    Attributes:
        trouble: Why it takes nothing.
        failed: How often it had no answer, and took the event.
        last_failure: Why, the last time since the process began.
        undecided: How many events it would have had to look at while it was wrong; an event counts for each sink.
    """

    trouble: str | None = None
    failed: int = 0
    last_failure: str | None = None
    undecided: int = 0


class SinkStatistics(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One sink.

    Attributes:
        state: How it is doing.
        reason: Why it is not running.
        circuit: Whether it is handed anything now.
        backlog: Records between its cursor and the journal's end, repeats included.
        oldest_received_at: When the first of them was received.
        delivered: How many events it took.
        last_success_at: When it last took one.
        dead_letters: How many it refused for good and are kept.
        early: How many were published before its `startAt`.
        unrouted: How many no route to it took.
        skipped: What a full journal has dropped before it had it, oldest first.
    """

    state: SinkState
    reason: str | None = None
    circuit: CircuitState = CircuitState.CLOSED
    backlog: int
    oldest_received_at: datetime | None = None
    delivered: int
    last_success_at: datetime | None = None
    dead_letters: int
    early: int = 0
    unrouted: int = 0
    skipped: tuple[SkippedStatistics, ...] = ()


class LostStatistics(msgspec.Struct, frozen=True, rename="camel"):
    """A part of the journal that can't be read any more.

    Attributes:
        since: Nothing of it was received before.
        until: Nothing of it was received after.
        records: How many records, if that can be told.
        where: The damaged file.
        missing: How many of its events have not come again; None where nobody knows which they were.
    """

    since: datetime
    until: datetime
    records: int | None
    where: str
    missing: int | None = None


class DispatcherStatistics(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The evidence that a dispatcher has.

    Attributes:
        started_at: When the process began.
        observed_at: When these numbers were taken.
        unique: Events that came for the first time, by the path on which they came.
        repeats: Records whose event had come before.
        quarantined: Records that no sink gets, by why: `differs`, `unreadable`.
        quarantined_kept: How many of those the journal still holds.
        not_indexed: Records of the journal that are in none of these counts yet.
        last_event_at: When the newest record was received.
        sinks: Every sink that has a cursor.
        routes: Every route that is configured or has counted something.
        lost: What can't be read any more, oldest first.
        journal_trouble: Why the journal can't be read now.
        configuration_trouble: Why the newest configuration is not used.
        damaged_files: The names of its own files that were damaged and set aside, for as long as they are kept.
    """

    started_at: datetime
    observed_at: datetime
    unique: dict[str, int] = {}
    repeats: int = 0
    quarantined: dict[str, int] = {}
    quarantined_kept: dict[str, int] = {}
    not_indexed: int = 0
    last_event_at: datetime | None = None
    sinks: dict[str, SinkStatistics] = {}
    routes: dict[str, RouteStatistics] = {}
    lost: tuple[LostStatistics, ...] = ()
    journal_trouble: str | None = None
    configuration_trouble: str | None = None
    damaged_files: tuple[str, ...] = ()
