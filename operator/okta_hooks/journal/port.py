"""The journal as its two users see it: the receiver, which appends, and the dispatcher, which reads elsewhere.

The embedded log and the distributed journal keep the same contract (`tests/contract/okta_hooks/journal`):

- What `append` returned for is on stable storage, and is read once, in the order of the positions.
- A reader never gets a record that a later recovery could take back.
- What can't be read any more is reported as a `LostRange`, and reading goes on behind it.
- Nothing that the slowest cursor has not passed is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from okta_hooks.journal.record import Batch, Bounds, Position, Record, Usage


class Appender(Protocol):
    """The receiver's side."""

    async def append(self, records: Sequence[Record]) -> tuple[Position, ...]:
        """Keep records; returns only once all of them are on stable storage.

        A caller that is cancelled meanwhile does not know whether they were kept.

        Returns:
            Where each record begins.

        Raises:
            JournalFull: There is no room, for some of the records at least.
            JournalFailed: The store is broken, or closed; the records may or may not be found after recovery.
            JournalUnavailable: The store does not answer now; the records may or may not be found later.
            RecordTooLarge: A record is larger than the journal can hold.
        """
        ...

    async def maintain(self) -> None:
        """Drop what retention no longer holds; to be called every few seconds.

        Raises:
            JournalFailed: The store is broken.
        """
        ...

    def usage(self) -> Usage:
        """How full the journal is, and whether it would refuse; for readiness and statistics."""
        ...


class Reader(Protocol):
    """The dispatcher's side. Any number of cursors may read through one reader at a time."""

    async def bounds(self) -> Bounds:
        """The oldest and the newest place; both `BEGINNING` while there is no journal yet.

        Raises:
            JournalFailed: The store can't be read.
        """
        ...

    async def read(self, after: Position, *, max_records: int, max_bytes: int) -> Batch:
        """What follows a place, without waiting: at most so many records and bytes, but at least one if there is one.

        Raises:
            JournalFailed: The store can't be read; a later try may succeed.
        """
        ...

    async def wait(self, after: Position) -> None:
        """Return once there is something behind a place."""
        ...

    async def forgotten(self, window: timedelta) -> Position:
        """A place before which the journal let everything go at least so long ago, as far as it knows.

        Goes by places and not by the events' own times, so that nothing counts as forgotten that the journal still
        holds, whatever a clock does.

        Raises:
            JournalFailed: The store can't be read.
        """
        ...


class Retention(Protocol):
    """How the dispatcher lets go of what every cursor has passed."""

    async def release(self, passed: Position) -> None:
        """Say that nothing before a place is needed any more, except for replay.

        To be called after the cursors themselves are on stable storage: a cursor that falls back behind a dropped
        record would miss it.

        Raises:
            OSError: It could not be said; say it again.
            JournalUnavailable: The same.
        """
        ...

    def read(self) -> Position | None:
        """What was said last, as far as is known here; None when nothing was."""
        ...
