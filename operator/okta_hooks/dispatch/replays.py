"""What sinks are to be given again: a time, read from the journal once more. Kept in the ledger's file."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

import msgspec

from okta_hooks.dispatch import dead_letters
from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.database import Database
from okta_hooks.journal import Position

MOST_AT_ONCE = 20
_MOST_ENDED = 100
SCHEMA = """
CREATE TABLE IF NOT EXISTS replays (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sink TEXT NOT NULL,
    route TEXT,
    since_ns INTEGER NOT NULL,
    until_ns INTEGER NOT NULL,
    first TEXT NOT NULL,
    place TEXT NOT NULL,
    last TEXT NOT NULL,
    requested_ns INTEGER NOT NULL,
    state TEXT NOT NULL,
    ended_ns INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    dead_letters INTEGER NOT NULL
);
"""


class ReplayState(StrEnum):
    """How far a replay is."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class Replay(msgspec.Struct, frozen=True):
    """One replay to one sink.

    Attributes:
        id: Its number.
        sink: Who gets it.
        route: The route that chooses among the events; None for all that the sink's routes let through.
        since_ns: Events received from this time on, in nanoseconds of Unix time.
        until_ns: Events received before this time.
        first: Where it began.
        place: Where it goes on.
        last: Where it ends.
        requested_ns: When it was asked for.
        state: How far it is.
        ended_ns: When it ended; 0 while it has not.
        delivered: How many events the sink took.
        dead_letters: How many it refused for good.
    """

    id: int
    sink: str
    route: str | None
    since_ns: int
    until_ns: int
    first: Position
    place: Position
    last: Position
    requested_ns: int
    state: ReplayState = ReplayState.RUNNING
    ended_ns: int = 0
    delivered: int = 0
    dead_letters: int = 0


class TooManyReplays(Exception):
    """So many are under way that more would only wait."""


class Replays:
    """The replays in the ledger's file. Every method may raise `DatabaseFailed`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Replay]:
        """Those that run and those that have ended lately, oldest first."""
        return await self._database.transact(lambda db: [_replay(row) for row in db.execute(f"{_SELECT} ORDER BY id")])

    async def one(self, number: int) -> Replay | None:
        """One of them."""

        def work(db: sqlite3.Connection) -> Replay | None:
            row = db.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
            return _replay(row) if row else None

        return await self._database.transact(work)

    async def next(self, sink: str) -> Replay | None:
        """The oldest that a sink has not had whole."""

        def work(db: sqlite3.Connection) -> Replay | None:
            row = db.execute(f"{_SELECT} WHERE sink = ? AND state = 'running' ORDER BY id LIMIT 1", (sink,)).fetchone()
            return _replay(row) if row else None

        return await self._database.transact(work)

    async def request(self, replays: list[Replay]) -> list[Replay]:
        """Begin some, all or none.

        Returns:
            The same, with their numbers.

        Raises:
            TooManyReplays: There are too many already.
        """

        def work(db: sqlite3.Connection) -> list[Replay]:
            (running,) = db.execute("SELECT count(*) FROM replays WHERE state = 'running'").fetchone()
            if running + len(replays) > MOST_AT_ONCE:
                raise TooManyReplays(
                    f"{running} replays are under way and {len(replays)} more are too many: wait, or cancel some"
                )
            begun = [_begun(db, replay) for replay in replays]
            db.execute(_FORGET_ENDED, (_MOST_ENDED,))
            return begun

        return await self._database.transact(work)

    async def advance(self, replay: Replay, place: Position, outcome: Outcome, *, now_ns: int) -> None:
        """Write down how far a replay is; at its end it is done. One that was cancelled meanwhile stays so."""

        def work(db: sqlite3.Connection) -> None:
            dead_letters.keep(db, replay.sink, outcome.refused)
            done = place >= replay.last
            progress = {"id": replay.id, "place": str(place), "done": done, "now": now_ns}
            counts = {"delivered": outcome.delivered, "dead_letters": len(outcome.refused)}
            db.execute(_ADVANCE, progress | counts)

        await self._database.transact(work)

    async def cancel(self, number: int, *, now_ns: int) -> Replay | None:
        """End one, if it has not ended; None where there is no such replay."""

        def work(db: sqlite3.Connection) -> Replay | None:
            db.execute(_CANCEL, (now_ns, number))
            row = db.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
            return _replay(row) if row else None

        return await self._database.transact(work)


_SELECT = "SELECT * FROM replays"
_ADVANCE = """
UPDATE replays SET
    place = :place, delivered = delivered + :delivered, dead_letters = dead_letters + :dead_letters,
    ended_ns = CASE WHEN state = 'running' AND :done THEN :now ELSE ended_ns END,
    state = CASE WHEN state = 'running' AND :done THEN 'done' ELSE state END
WHERE id = :id
"""
_CANCEL = "UPDATE replays SET state = 'cancelled', ended_ns = ? WHERE id = ? AND state = 'running'"
_FORGET_ENDED = """
DELETE FROM replays WHERE state != 'running' AND id NOT IN (
    SELECT id FROM replays WHERE state != 'running' ORDER BY id DESC LIMIT ?
)
"""


def cancel_all(db: sqlite3.Connection, sink: str, *, now_ns: int) -> None:
    """End those of a sink that will never have them."""
    db.execute(
        "UPDATE replays SET state = 'cancelled', ended_ns = ? WHERE sink = ? AND state = 'running'", (now_ns, sink)
    )


def _begun(db: sqlite3.Connection, replay: Replay) -> Replay:
    row = [str(value) if isinstance(value, Position) else value for value in msgspec.structs.astuple(replay)[1:]]
    marks = ", ".join("?" * len(row))
    inserted = db.execute(f"INSERT INTO replays VALUES (NULL, {marks})", row)  # noqa: S608 -- made of constants
    return msgspec.structs.replace(replay, id=inserted.lastrowid)


def _replay(row: tuple[int, str, str | None, int, int, str, str, str, int, str, int, int, int]) -> Replay:
    number, sink, route, since_ns, until_ns, first, place, last, requested_ns, state, *counts = row
    places = (Position.parse(first), Position.parse(place), Position.parse(last))
    return Replay(number, sink, route, since_ns, until_ns, *places, requested_ns, ReplayState(state), *counts)
