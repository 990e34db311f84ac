"""What of the journal was lost, in the index's file: the ranges, and which of their events have not come again.

Of a record that was indexed before it was lost, the uuid is known: so it can be told when a back-fill has brought all
of them. Of what was lost before that, nothing is known but the time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from okta_hooks.journal import LostRange, Position

SCHEMA = """
CREATE TABLE IF NOT EXISTS lost (before TEXT PRIMARY KEY, range BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lost_unseen (before TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS missing (uuid BLOB PRIMARY KEY, before TEXT NOT NULL) WITHOUT ROWID;
"""


class Loss(msgspec.Struct, frozen=True):
    """A range that is lost.

    Attributes:
        range: Which.
        missing: How many of its events have not come again; None where nobody knows which they were.
    """

    range: LostRange
    missing: int | None


def remember(db: sqlite3.Connection, lost: LostRange, *, was_indexed: bool) -> int:
    """Remember a range, and forget that its events came.

    Args:
        db: The index.
        lost: The range.
        was_indexed: Whether all of it was indexed.

    Returns:
        How many events were forgotten.
    """
    before, between = str(lost.before), lost.after[:2] + lost.before[:2]
    db.execute(_MISS, (before, *between))
    forgotten = db.execute(_FORGET, between).rowcount
    known = db.execute("SELECT range FROM lost WHERE before = ?", (before,)).fetchone()
    if known is None and not was_indexed:
        db.execute("INSERT INTO lost_unseen VALUES (?)", (before,))
    if known is None or _decoded(known[0]).after > lost.after:
        db.execute("INSERT OR REPLACE INTO lost VALUES (?, ?)", (before, msgspec.json.encode(lost)))
    return forgotten


def came_again(db: sqlite3.Connection, uuids: Iterable[bytes]) -> None:
    """Events came; what is only made when it is needed is who they are."""
    if db.execute("SELECT 1 FROM missing LIMIT 1").fetchone():
        db.executemany("DELETE FROM missing WHERE uuid = ?", ((uuid,) for uuid in uuids))


def losses(db: sqlite3.Connection) -> tuple[Loss, ...]:
    """What was lost, oldest first."""
    found = [Loss(_decoded(lost), None if unseen else missing) for lost, unseen, missing in db.execute(_LOSSES)]
    return tuple(sorted(found, key=lambda loss: loss.range.before))


def forget_before(db: sqlite3.Connection, oldest: Position) -> None:
    """Forget what was lost in files that the journal has dropped meanwhile."""
    gone = [(place,) for (place,) in db.execute("SELECT before FROM lost") if Position.parse(place) <= oldest]
    for table in ("lost", "lost_unseen", "missing"):
        db.executemany(f"DELETE FROM {table} WHERE before = ?", gone)  # noqa: S608 -- made of constants


_MISS = """
INSERT OR IGNORE INTO missing
SELECT uuid, ? FROM seen WHERE (segment, offset) >= (?, ?) AND (segment, offset) < (?, ?)
"""
_FORGET = "DELETE FROM seen WHERE (segment, offset) >= (?, ?) AND (segment, offset) < (?, ?)"
_LOSSES = """
SELECT range, EXISTS (SELECT 1 FROM lost_unseen WHERE lost_unseen.before = lost.before),
    (SELECT count(*) FROM missing WHERE missing.before = lost.before)
FROM lost
"""


def _decoded(lost: bytes) -> LostRange:
    return msgspec.json.decode(lost, type=LostRange)
