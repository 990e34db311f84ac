"""Which events the journal has brought so far: what makes an event go out once, and tells what was never seen.

Derived from the journal, record by record, each batch with its place in one transaction; so it never counts a record
twice, and when its file is gone it is made again from what the journal still holds. It remembers longer than the
journal does, by the time for which a back-fill may bring an old event again.

Of a record it says one of three things (`Outcome`). Only the exceptions are kept by place, so that a sink learns with
one question about a whole batch what to leave out.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from okta_hooks.dispatch import losses
from okta_hooks.dispatch.database import Database
from okta_hooks.dispatch.fingerprint import digest
from okta_hooks.dispatch.losses import Loss
from okta_hooks.journal import ArrivalPath, Entry, LostRange, Position

VERSION = 1
SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS seen (
    number INTEGER PRIMARY KEY,  -- in the order of the journal
    uuid BLOB NOT NULL UNIQUE,
    content BLOB NOT NULL,
    at TEXT NOT NULL,
    segment INTEGER NOT NULL,
    offset INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS withheld (
    segment INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (segment, offset)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counted (
    outcome TEXT NOT NULL,
    path TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (outcome, path)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS quarantined ON withheld (outcome) WHERE outcome <> 'repeat';
CREATE TABLE IF NOT EXISTS progress (only INTEGER PRIMARY KEY CHECK (only = 1), cursor TEXT, last_received_ns INTEGER);
INSERT OR IGNORE INTO progress VALUES (1, '0:0:0', 0);
"""
    + losses.SCHEMA
)
_PRUNED_AT_ONCE = 5000
_ASKED_AT_ONCE = 500


class Outcome(StrEnum):
    """What a record is."""

    UNIQUE = "unique"
    REPEAT = "repeat"  # its uuid and content were seen before
    DIFFERS = "differs"  # its uuid was seen before, with other content: quarantined, the first one stays
    UNREADABLE = "unreadable"  # it has no uuid: quarantined


class Suspicion(msgspec.Struct, frozen=True):
    """A record that was taken as `DIFFERS` because its bytes differ from the first copy's.

    Attributes:
        entry: The record.
        first: Where the first copy is, or was.
    """

    entry: Entry
    first: Position


class Summary(msgspec.Struct, frozen=True):
    """What the index counted since it was begun.

    Attributes:
        events: How many records had which outcome, by the path on which they came.
        kept: How many of those that are quarantined the journal still holds.
        last_received_ns: When the newest one was received, in nanoseconds of Unix time; 0 when there is none.
        lost: What could not be read any more, oldest first.
    """

    events: Mapping[Outcome, Mapping[ArrivalPath, int]]
    kept: Mapping[Outcome, int]
    last_received_ns: int
    lost: tuple[Loss, ...]


class Index:
    """The index in its file. Every method may raise `DatabaseFailed`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cursor(self) -> Position:
        """How far it has come."""

        def work(db: sqlite3.Connection) -> Position:
            (place,) = db.execute("SELECT cursor FROM progress").fetchone()
            return Position.parse(place)

        return await self._database.transact(work)

    async def take(self, entries: Sequence[Entry], after: Position) -> tuple[Suspicion, ...]:
        """Take records in, and go on behind them.

        Returns:
            Those to look at again, since other bytes need not mean other content.
        """
        return await self._database.transact(lambda db: _take(db, entries, after))

    async def absolve(self, entry: Entry) -> None:
        """Take a suspicion back: the record is a repeat."""

        def work(db: sqlite3.Connection) -> None:
            _withhold(db, entry, Outcome.REPEAT)
            path = entry.record.path
            _count(db, {(Outcome.DIFFERS, path): -1, (Outcome.REPEAT, path): 1})

        await self._database.transact(work)

    async def withheld(self, begin: Position, end: Position) -> frozenset[tuple[int, int]]:
        """The segments and offsets between two places whose records must not go out."""

        def work(db: sqlite3.Connection) -> frozenset[tuple[int, int]]:
            return frozenset(db.execute(_WITHHELD_BETWEEN, begin[:2] + end[:2]))

        return await self._database.transact(work)

    async def lose(self, lost: LostRange, *, was_indexed: bool) -> int:
        """Forget what a cursor found to be lost, so that a back-fill can bring it again; and remember the loss.

        The cursor that reports it has not passed what it reports, so nothing is forgotten that all sinks have.

        Args:
            lost: What is lost.
            was_indexed: Whether the index had taken all of it in.

        Returns:
            How many events were forgotten.
        """
        return await self._database.transact(lambda db: losses.remember(db, lost, was_indexed=was_indexed))

    async def unknown(self, uuids: Sequence[str]) -> list[str]:
        """Those of some uuids that no record ever had, in their order."""

        def work(db: sqlite3.Connection) -> list[str]:
            keys = {digest(uuid.encode()): uuid for uuid in uuids}
            seen = {uuid for some in _chunks(list(keys)) for uuid in _seen(db, some)}
            return [uuid for key, uuid in keys.items() if key not in seen]

        return await self._database.transact(work)

    async def place_of(self, uuid: str) -> Position | None:
        """Where the first copy of an event is, or was."""

        def work(db: sqlite3.Connection) -> Position | None:
            row = db.execute("SELECT at FROM seen WHERE uuid = ?", (digest(uuid.encode()),)).fetchone()
            return Position.parse(row[0]) if row else None

        return await self._database.transact(work)

    async def prune(self, oldest: Position, *, before: Position) -> bool:
        """Drop some of what nobody can ask for any more.

        Args:
            oldest: The oldest place in the journal.
            before: Events from before this place may be forgotten.

        Returns:
            Whether there may be more to drop.
        """

        def work(db: sqlite3.Connection) -> bool:
            db.execute("DELETE FROM withheld WHERE (segment, offset) < (?, ?)", oldest[:2])
            losses.forget_before(db, oldest)
            return db.execute(_PRUNE, (_PRUNED_AT_ONCE, *before[:2])).rowcount == _PRUNED_AT_ONCE

        return await self._database.transact(work)

    async def summary(self) -> Summary:
        """What it counted."""
        return await self._database.transact(_summary)


_WITHHELD_BETWEEN = """
SELECT segment, offset FROM withheld WHERE (segment, offset) >= (?, ?) AND (segment, offset) < (?, ?)
"""
_PRUNE = """
DELETE FROM seen WHERE number IN (SELECT number FROM seen ORDER BY number LIMIT ?) AND (segment, offset) < (?, ?)
"""
_KEPT = "SELECT outcome, count(*) FROM withheld WHERE outcome <> 'repeat' GROUP BY outcome"
_TAKE_IN = """
INSERT INTO seen (uuid, content, at, segment, offset) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (uuid) DO NOTHING
"""
_COUNT = """
INSERT INTO counted VALUES (?, ?, ?)
ON CONFLICT (outcome, path) DO UPDATE SET events = events + excluded.events
"""


def _take(db: sqlite3.Connection, entries: Sequence[Entry], after: Position) -> tuple[Suspicion, ...]:
    counts: Counter[tuple[Outcome, ArrivalPath]] = Counter()
    suspicions: list[Suspicion] = []
    for entry in entries:
        outcome, first = _judge(db, entry)
        counts[outcome, entry.record.path] += 1
        if outcome is not Outcome.UNIQUE:
            _withhold(db, entry, outcome)
        if outcome is Outcome.DIFFERS:
            suspicions.append(Suspicion(entry, first))
    _count(db, counts)
    losses.came_again(db, (digest(entry.record.uuid.encode()) for entry in entries))
    newest = max((entry.record.received_ns for entry in entries), default=0)
    db.execute("UPDATE progress SET cursor = ?, last_received_ns = max(last_received_ns, ?)", (str(after), newest))
    return tuple(suspicions)


def _judge(db: sqlite3.Connection, entry: Entry) -> tuple[Outcome, Position]:
    """What a record is, and where the first copy is."""
    record, at = entry.record, entry.at
    if not record.uuid:
        return Outcome.UNREADABLE, at
    key, content = digest(record.uuid.encode()), digest(record.event)
    row = (key, content, str(at), at.segment, at.offset)
    if db.execute(_TAKE_IN, row).rowcount:
        return Outcome.UNIQUE, at
    first_content, first_at = db.execute("SELECT content, at FROM seen WHERE uuid = ?", (key,)).fetchone()
    return Outcome.REPEAT if first_content == content else Outcome.DIFFERS, Position.parse(first_at)


def _withhold(db: sqlite3.Connection, entry: Entry, outcome: Outcome) -> None:
    db.execute("INSERT OR REPLACE INTO withheld VALUES (?, ?, ?)", (entry.at.segment, entry.at.offset, outcome))


def _count(db: sqlite3.Connection, counts: Mapping[tuple[Outcome, ArrivalPath], int]) -> None:
    db.executemany(_COUNT, [(outcome, path, events) for (outcome, path), events in counts.items()])


def _summary(db: sqlite3.Connection) -> Summary:
    events: dict[Outcome, dict[ArrivalPath, int]] = {outcome: {} for outcome in Outcome}
    for outcome, path, count in db.execute("SELECT outcome, path, events FROM counted"):
        events[Outcome(outcome)][ArrivalPath(path)] = count
    kept = {Outcome(outcome): count for outcome, count in db.execute(_KEPT)}
    (last,) = db.execute("SELECT last_received_ns FROM progress").fetchone()
    return Summary(events, kept, last, losses.losses(db))


def _seen(db: sqlite3.Connection, keys: Sequence[bytes]) -> Iterable[bytes]:
    marks = ", ".join("?" * len(keys))
    return (row[0] for row in db.execute(f"SELECT uuid FROM seen WHERE uuid IN ({marks})", keys))  # noqa: S608


def _chunks(keys: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    return (keys[begin : begin + _ASKED_AT_ONCE] for begin in range(0, len(keys), _ASKED_AT_ONCE))
