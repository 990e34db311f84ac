"""What sinks refused for good: kept with the reason, and given again or given up when somebody says so.

Kept in the ledger's file, so that a dead letter and the cursor that passes it are written in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

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

    async def page(self, *, sink: str | None = None, after: int = 0, limit: int) -> list[KeptLetter]:
        """Some of them, oldest first: of one sink or all, behind a number."""

        def work(db: sqlite3.Connection) -> list[KeptLetter]:
            return [_kept(row) for row in db.execute(_PAGE, {"sink": sink, "after": after, "limit": limit})]

        return await self._database.transact(work)

    async def one(self, sink: str, uuid: str) -> KeptLetter | None:
        """That of an event, if the sink refused it."""

        def work(db: sqlite3.Connection) -> KeptLetter | None:
            row = db.execute(f"{_SELECT} WHERE sink = ? AND uuid = ?", (sink, uuid)).fetchone()
            return _kept(row) if row else None

        return await self._database.transact(work)

    async def replay(self, selection: Selection) -> int:
        """Have some given to their sinks again; how many."""
        return await self._database.transact(lambda db: _for_each(db, selection, _REPLAY))

    async def discard(self, selection: Selection) -> int:
        """Give some up; how many."""

        def work(db: sqlite3.Connection) -> int:
            discarded = _for_each(db, selection, _DISCARD)
            db.execute(_FORGET_DISCARDED)
            return discarded

        return await self._database.transact(work)

    async def to_replay(self, sink: str, *, limit: int) -> list[KeptLetter]:
        """Those that a sink is to be given again, oldest first."""

        def work(db: sqlite3.Connection) -> list[KeptLetter]:
            query = f"{_SELECT} WHERE sink = ? AND redeliveries.number IS NOT NULL ORDER BY 1 LIMIT ?"
            return [_kept(row) for row in db.execute(query, (sink, limit))]

        return await self._database.transact(work)

    async def settle(self, replayed: Sequence[KeptLetter], refused_again: Sequence[DeadLetter]) -> None:
        """Forget those that the sink took, and keep those that it refused again."""

        def work(db: sqlite3.Connection) -> None:
            again = {letter.record.uuid for letter in refused_again}
            taken = [(kept.number,) for kept in replayed if kept.letter.record.uuid not in again]
            db.executemany("DELETE FROM redeliveries WHERE number = ?", [(kept.number,) for kept in replayed])
            db.executemany("DELETE FROM dead_letters WHERE number = ?", taken)
            for sink in {kept.sink for kept in replayed}:
                keep(db, sink, refused_again)

        await self._database.transact(work)


def keep(db: sqlite3.Connection, sink: str, letters: Sequence[DeadLetter]) -> None:
    """Keep what a sink refused; what it had refused before is kept once, with the new reason and all attempts."""
    db.executemany(_KEEP, [_row(sink, letter) for letter in letters])


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
_CHOSEN = "WHERE sink = :sink AND (:uuid IS NULL OR uuid = :uuid)"
_REPLAY = f"INSERT OR IGNORE INTO redeliveries SELECT number FROM dead_letters {_CHOSEN}"  # noqa: S608
_DISCARD = f"DELETE FROM dead_letters {_CHOSEN}"  # noqa: S608
_FORGET_DISCARDED = "DELETE FROM redeliveries WHERE number NOT IN (SELECT number FROM dead_letters)"


def _for_each(db: sqlite3.Connection, selection: Selection, statement: str) -> int:
    uuids = selection.uuids if selection.uuids is not None else (None,)
    chosen = [{"sink": sink, "uuid": uuid} for sink in selection.sinks for uuid in uuids]
    return sum(db.execute(statement, each).rowcount for each in chosen)


def _row(sink: str, letter: DeadLetter) -> tuple[str | bytes | int, ...]:
    record = letter.record
    came = (record.received_ns, record.path, record.delivery)
    return (sink, record.uuid, record.event, *came, letter.reason, letter.attempts, letter.refused_ns)


def _kept(row: tuple[int, str, str, bytes, int, str, str, str, int, int, int]) -> KeptLetter:
    number, sink, uuid, event, received_ns, path, delivery, reason, attempts, refused_ns, replaying = row
    record = Record(uuid, event, received_ns, ArrivalPath(path), delivery)
    return KeptLetter(number, sink, DeadLetter(record, reason, attempts, refused_ns), bool(replaying))
