"""What must not be lost: how far each sink has come, and what it has not had and will not get by itself.

A dead letter and the cursor that passes it are written in one transaction, so that there is never the one without the
other. When the file is gone, sinks begin again at the place that every one of them had passed (`SinkCursor`).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping

import msgspec

from okta_hooks.dispatch import dead_letters, replays
from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.database import Database
from okta_hooks.dispatch.tallies import Counted, Tally
from okta_hooks.journal import LostRange, Position

VERSION = 2
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS cursors (
    sink TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    delivered_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tallies (
    sink TEXT NOT NULL,
    what TEXT NOT NULL,
    route TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (sink, what, route)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS skipped (number INTEGER PRIMARY KEY, sink TEXT NOT NULL, range BLOB NOT NULL);
{dead_letters.SCHEMA}
{replays.SCHEMA}
"""
_MOST_RANGES = 100
"""So many skipped ranges of a sink are remembered, the newest ones."""


class SinkCursor(msgspec.Struct, frozen=True):
    """How far a sink has come.

    Attributes:
        place: Everything before it was delivered, is a dead letter, was not to be delivered, or is in `skipped`.
        delivered: How many events the sink took.
        delivered_ns: When it last took one, in nanoseconds of Unix time; 0 when it never did.
        tallies: How many it was not to get, and what else is counted.
        skipped: What the journal had dropped before the sink had it, oldest first.
    """

    place: Position
    delivered: int = 0
    delivered_ns: int = 0
    tallies: Mapping[Tally, int] = {}
    skipped: tuple[LostRange, ...] = ()


class Ledger:
    """The ledger in its file. What is written may raise `DatabaseFailed`, and then is not written."""

    def __init__(self, database: Database, cursors: Mapping[str, SinkCursor]) -> None:
        self._database = database
        self._cursors = dict(cursors)

    @classmethod
    async def of(cls, database: Database) -> Ledger:
        """Read what was written before."""
        return cls(database, await database.transact(_cursors))

    @property
    def cursors(self) -> Mapping[str, SinkCursor]:
        """Every sink that has a cursor, also those that are not configured any more; as of stable storage."""
        return self._cursors

    async def begin(self, sink: str, place: Position) -> None:
        """Give a sink a cursor if it has none."""
        if sink not in self._cursors:
            await self.advance(sink, place, Outcome(), now_ns=0)

    async def advance(self, sink: str, place: Position, outcome: Outcome, *, now_ns: int) -> None:
        """Move a sink's cursor, and keep what became of the events that it passes.

        Args:
            sink: Its name.
            place: Where it goes on.
            outcome: What became of the events.
            now_ns: The time, in nanoseconds of Unix time.
        """
        before = self._cursors.get(sink, SinkCursor(place))
        after = SinkCursor(
            place,
            delivered=before.delivered + outcome.delivered,
            delivered_ns=now_ns if outcome.delivered else before.delivered_ns,
            tallies=Counter(before.tallies) + outcome.tallies if outcome.tallies else before.tallies,
            skipped=(*before.skipped, *outcome.skipped)[-_MOST_RANGES:],
        )

        def work(db: sqlite3.Connection) -> None:
            dead_letters.keep(db, sink, outcome.refused)
            db.executemany(_COUNT, [(sink, what, route, count) for (what, route), count in outcome.tallies.items()])
            if outcome.skipped:
                db.executemany(_SKIP, [(sink, msgspec.json.encode(gap)) for gap in outcome.skipped])
                db.execute(_FORGET_RANGES, {"sink": sink, "kept": _MOST_RANGES})
            db.execute(_MOVE_CURSOR, (sink, str(place), after.delivered, after.delivered_ns))

        await self._database.transact(work)
        self._cursors[sink] = after

    async def forget(self, sink: str, *, now_ns: int) -> None:
        """Give a sink's cursor up, what was counted with it, and what it was to be given again; its dead letters stay.

        Args:
            sink: Its name.
            now_ns: The time, in nanoseconds of Unix time.
        """

        def work(db: sqlite3.Connection) -> None:
            replays.cancel_all(db, sink, now_ns=now_ns)
            for table in ("cursors", "tallies", "skipped"):
                db.execute(f"DELETE FROM {table} WHERE sink = ?", (sink,))  # noqa: S608 -- made of constants

        await self._database.transact(work)
        self._cursors.pop(sink, None)


_COUNT = """
INSERT INTO tallies VALUES (?, ?, ?, ?)
ON CONFLICT (sink, what, route) DO UPDATE SET events = events + excluded.events
"""
_MOVE_CURSOR = "INSERT OR REPLACE INTO cursors VALUES (?, ?, ?, ?)"
_SKIP = "INSERT INTO skipped (sink, range) VALUES (?, ?)"
_FORGET_RANGES = """
DELETE FROM skipped WHERE sink = :sink AND number NOT IN (
    SELECT number FROM skipped WHERE sink = :sink ORDER BY number DESC LIMIT :kept
)
"""


def _cursors(db: sqlite3.Connection) -> dict[str, SinkCursor]:
    rows = db.execute("SELECT sink, place, delivered, delivered_ns FROM cursors").fetchall()
    return {
        sink: SinkCursor(Position.parse(place), delivered, delivered_ns, _tallies(db, sink), _skipped(db, sink))
        for sink, place, delivered, delivered_ns in rows
    }


def _tallies(db: sqlite3.Connection, sink: str) -> dict[Tally, int]:
    rows = db.execute("SELECT what, route, events FROM tallies WHERE sink = ?", (sink,))
    return {Tally(Counted(what), route): events for what, route, events in rows}


def _skipped(db: sqlite3.Connection, sink: str) -> tuple[LostRange, ...]:
    rows = db.execute("SELECT range FROM skipped WHERE sink = ? ORDER BY number", (sink,))
    return tuple(msgspec.json.decode(gap, type=LostRange) for (gap,) in rows)
