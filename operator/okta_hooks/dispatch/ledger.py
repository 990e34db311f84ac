"""What must not be lost: how far each sink has come, and what it refused for good.

A dead letter and the cursor that passes it are written in one transaction, so that there is never the one without the
other. When the file is gone, sinks begin again at the place that every one of them had passed (`SinkCursor`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from okta_hooks.dispatch.database import Database
from okta_hooks.journal import ArrivalPath, Position, Record

VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS cursors (
    sink TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    delivered_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead_letters (
    number INTEGER PRIMARY KEY,
    sink TEXT NOT NULL,
    uuid TEXT NOT NULL,
    event BLOB NOT NULL,
    received_ns INTEGER NOT NULL,
    path TEXT NOT NULL,
    delivery TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    refused_ns INTEGER NOT NULL,
    UNIQUE (sink, uuid)
);
"""


class SinkCursor(msgspec.Struct, frozen=True):
    """How far a sink has come.

    Attributes:
        place: Everything before it was delivered, is a dead letter, or was not to be delivered.
        delivered: How many events the sink took.
        delivered_ns: When it last took one, in nanoseconds of Unix time; 0 when it never did.
        dead_letters: How many it refused for good and are kept.
    """

    place: Position
    delivered: int = 0
    delivered_ns: int = 0
    dead_letters: int = 0


class DeadLetter(msgspec.Struct, frozen=True):
    """An event that a sink refused for good.

    Attributes:
        record: The event as it was received.
        reason: What the sink said.
        attempts: How often it was tried.
        refused_ns: When it was refused, in nanoseconds of Unix time.
    """

    record: Record
    reason: str
    attempts: int
    refused_ns: int


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
            await self.advance(sink, place, delivered=0, refused=(), now_ns=0)

    async def advance(
        self, sink: str, place: Position, *, delivered: int, refused: Sequence[DeadLetter], now_ns: int
    ) -> None:
        """Keep what a sink refused, and move its cursor behind the batch.

        Args:
            sink: Its name.
            place: Where it goes on.
            delivered: How many events of the batch it took.
            refused: Those it refused for good.
            now_ns: The time, in nanoseconds of Unix time.
        """
        before = self._cursors.get(sink, SinkCursor(place))

        def work(db: sqlite3.Connection) -> SinkCursor:
            db.executemany(_KEEP_LETTER, [_row(sink, letter) for letter in refused])
            after = SinkCursor(
                place,
                delivered=before.delivered + delivered,
                delivered_ns=now_ns if delivered else before.delivered_ns,
                dead_letters=_letters(db, sink) if refused else before.dead_letters,
            )
            db.execute(_MOVE_CURSOR, (sink, str(place), after.delivered, after.delivered_ns))
            return after

        self._cursors[sink] = await self._database.transact(work)

    async def forget(self, sink: str) -> None:
        """Give a sink's cursor up; its dead letters stay."""
        await self._database.transact(lambda db: db.execute("DELETE FROM cursors WHERE sink = ?", (sink,)).rowcount)
        self._cursors.pop(sink, None)

    async def dead_letters(self, sink: str, *, limit: int) -> list[DeadLetter]:
        """What a sink refused, oldest first."""

        def work(db: sqlite3.Connection) -> list[DeadLetter]:
            return [_letter(row) for row in db.execute(_READ_LETTERS, (sink, limit))]

        return await self._database.transact(work)


_KEEP_LETTER = """
INSERT INTO dead_letters (sink, uuid, event, received_ns, path, delivery, reason, attempts, refused_ns)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sink, uuid) DO UPDATE SET
    reason = excluded.reason, attempts = attempts + excluded.attempts, refused_ns = excluded.refused_ns
"""
_MOVE_CURSOR = "INSERT OR REPLACE INTO cursors VALUES (?, ?, ?, ?)"
_READ_LETTERS = """
SELECT uuid, event, received_ns, path, delivery, reason, attempts, refused_ns
FROM dead_letters WHERE sink = ? ORDER BY number LIMIT ?
"""


def _cursors(db: sqlite3.Connection) -> dict[str, SinkCursor]:
    rows = db.execute("SELECT sink, place, delivered, delivered_ns FROM cursors").fetchall()
    return {
        sink: SinkCursor(Position.parse(place), delivered, delivered_ns, _letters(db, sink))
        for sink, place, delivered, delivered_ns in rows
    }


def _letters(db: sqlite3.Connection, sink: str) -> int:
    (count,) = db.execute("SELECT count(*) FROM dead_letters WHERE sink = ?", (sink,)).fetchone()
    return int(count)


def _row(sink: str, letter: DeadLetter) -> tuple[str | bytes | int, ...]:
    record = letter.record
    came = (record.received_ns, record.path, record.delivery)
    return (sink, record.uuid, record.event, *came, letter.reason, letter.attempts, letter.refused_ns)


def _letter(row: tuple[str, bytes, int, str, str, str, int, int]) -> DeadLetter:
    uuid, event, received_ns, path, delivery, reason, attempts, refused_ns = row
    return DeadLetter(Record(uuid, event, received_ns, ArrivalPath(path), delivery), reason, attempts, refused_ns)
