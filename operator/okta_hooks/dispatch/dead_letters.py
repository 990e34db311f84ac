"""What sinks refused for good: kept with the reason, and given again or given up when somebody says so.

Kept in the ledger's file, so that a dead letter and the cursor that passes it are written in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from okta_hooks.dispatch.database import Database
from okta_hooks.journal import ArrivalPath, Record

SCHEMA = """
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
CREATE TABLE IF NOT EXISTS redeliveries (number INTEGER PRIMARY KEY);  -- dead letters to be given again
"""

_BYTES_AT_ONCE = 2 << 20
"""So many bytes of events are held in memory for whoever looks at them; one larger event is held alone."""


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


class KeptLetter(msgspec.Struct, frozen=True):
    """A dead letter as it is kept.

    Attributes:
        number: Its number; later ones have greater numbers.
        sink: Who refused it.
        letter: The dead letter.
        replaying: Whether it is to be given to the sink again.
    """

    number: int
    sink: str
    letter: DeadLetter
    replaying: bool


class Selection(msgspec.Struct, frozen=True):
    """Some dead letters.

    Attributes:
        sinks: Of which sinks.
        uuids: Which events; None for all of these sinks.
    """

    sinks: tuple[str, ...]
    uuids: tuple[str, ...] | None = None


class DeadLetters:
    """The dead letters in the ledger's file. Every method may raise `DatabaseFailed`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self) -> Mapping[str, int]:
        """How many each sink has."""

        def work(db: sqlite3.Connection) -> dict[str, int]:
            return dict(db.execute("SELECT sink, count(*) FROM dead_letters GROUP BY sink"))

        return await self._database.transact(work)

    async def page(
        self, *, sink: str | None = None, after: int = 0, limit: int, max_bytes: int = _BYTES_AT_ONCE
    ) -> list[KeptLetter]:
        """Some of them, oldest first: of one sink or all, behind a number; at least one if there is any."""

        def work(db: sqlite3.Connection) -> list[KeptLetter]:
            return _some(db.execute(_PAGE, {"sink": sink, "after": after, "limit": limit}), max_bytes)

        return await self._database.transact(work)

    async def one(self, sink: str, uuid: str) -> KeptLetter | None:
        """That of an event, if the sink refused it."""

        def work(db: sqlite3.Connection) -> KeptLetter | None:
            row = db.execute(f"{_SELECT} WHERE sink = ? AND uuid = ?", (sink, uuid)).fetchone()
            return _kept(row) if row else None

        return await self._database.transact(work)

    async def replay(self, selection: Selection) -> int:
        """Have some given to their sinks again; how many."""
        return await self._database.transact(lambda db: _change(db, selection, _REPLAY))

    async def discard(self, selection: Selection) -> int:
        """Give some up; how many."""

        def work(db: sqlite3.Connection) -> int:
            discarded = _change(db, selection, _DISCARD)
            db.execute(_FORGET_DISCARDED)
            return discarded

        return await self._database.transact(work)

    async def to_replay(self, sink: str, *, limit: int, max_bytes: int = _BYTES_AT_ONCE) -> list[KeptLetter]:
        """Some of those that a sink is to be given again, oldest first; at least one if there is any."""

        def work(db: sqlite3.Connection) -> list[KeptLetter]:
            query = f"{_SELECT} WHERE sink = ? AND redeliveries.number IS NOT NULL ORDER BY 1 LIMIT ?"
            return _some(db.execute(query, (sink, limit)), max_bytes)

        return await self._database.transact(work)

    async def settle(self, replayed: Sequence[KeptLetter], refused_again: Sequence[DeadLetter]) -> None:
        """Forget those of a sink that it took, and keep those that it refused again and nobody discarded meanwhile."""
        numbers = {kept.letter.record.uuid: kept.number for kept in replayed}

        def work(db: sqlite3.Connection) -> None:
            taken = numbers.keys() - {letter.record.uuid for letter in refused_again}
            db.executemany("DELETE FROM redeliveries WHERE number = ?", [(number,) for number in numbers.values()])
            db.executemany("DELETE FROM dead_letters WHERE number = ?", [(numbers[uuid],) for uuid in taken])
            for letter in refused_again:
                db.execute(_NEWS, (letter.reason, letter.attempts, letter.refused_ns, numbers[letter.record.uuid]))

        await self._database.transact(work)


def keep(db: sqlite3.Connection, sink: str, letters: Sequence[DeadLetter]) -> None:
    """Keep what a sink refused; what it had refused before is kept once, with the new reason and all attempts."""
    db.executemany(_KEEP, [_row(sink, letter) for letter in letters])


_Row = tuple[int, str, str, bytes, int, str, str, str, int, int, int]
_SELECT = """
SELECT dead_letters.number, sink, uuid, event, received_ns, path, delivery, reason, attempts, refused_ns,
       redeliveries.number IS NOT NULL
FROM dead_letters LEFT JOIN redeliveries ON dead_letters.number = redeliveries.number
"""
_PAGE = f"""
{_SELECT} WHERE (:sink IS NULL OR sink = :sink) AND dead_letters.number > :after ORDER BY 1 LIMIT :limit
"""
_KEEP = """
INSERT INTO dead_letters (sink, uuid, event, received_ns, path, delivery, reason, attempts, refused_ns)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sink, uuid) DO UPDATE SET
    reason = excluded.reason, attempts = attempts + excluded.attempts, refused_ns = excluded.refused_ns
"""
_NEWS = "UPDATE dead_letters SET reason = ?, attempts = attempts + ?, refused_ns = ? WHERE number = ?"
_CHOSEN = """
WHERE sink IN (SELECT value FROM json_each(:sinks))
AND (:uuids IS NULL OR uuid IN (SELECT value FROM json_each(:uuids)))
"""
_REPLAY = f"INSERT OR IGNORE INTO redeliveries SELECT number FROM dead_letters {_CHOSEN}"  # noqa: S608
_DISCARD = f"DELETE FROM dead_letters {_CHOSEN}"  # noqa: S608
_FORGET_DISCARDED = "DELETE FROM redeliveries WHERE number NOT IN (SELECT number FROM dead_letters)"


def _change(db: sqlite3.Connection, selection: Selection, statement: str) -> int:
    sinks = msgspec.json.encode(selection.sinks).decode()
    uuids = None if selection.uuids is None else msgspec.json.encode(selection.uuids).decode()
    return db.execute(statement, {"sinks": sinks, "uuids": uuids}).rowcount


def _some(rows: Iterable[_Row], max_bytes: int) -> list[KeptLetter]:
    """The first of some rows that have so many bytes together, and one at least."""
    some: list[KeptLetter] = []
    for row in rows:
        kept = _kept(row)
        max_bytes -= len(kept.letter.record.event)
        if some and max_bytes < 0:
            break
        some.append(kept)
    return some


def _row(sink: str, letter: DeadLetter) -> tuple[str | bytes | int, ...]:
    record = letter.record
    came = (record.received_ns, record.path, record.delivery)
    return (sink, record.uuid, record.event, *came, letter.reason, letter.attempts, letter.refused_ns)


def _kept(row: _Row) -> KeptLetter:
    number, sink, uuid, event, received_ns, path, delivery, reason, attempts, refused_ns, replaying = row
    record = Record(uuid, event, received_ns, ArrivalPath(path), delivery)
    return KeptLetter(number, sink, DeadLetter(record, reason, attempts, refused_ns), bool(replaying))
