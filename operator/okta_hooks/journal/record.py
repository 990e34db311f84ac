"""What a journal holds, and the places in it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

import msgspec

from okta_hooks.journal.errors import JournalError


class ArrivalPath(StrEnum):
    """How an event came to us."""

    HOOK = "hook"
    BACKFILL = "backfill"
    POLL = "poll"
    REPLAY = "replay"


class Record(msgspec.Struct, frozen=True):
    """One event as it was received.

    Attributes:
        uuid: Okta's identity of the event; empty for a body that could not be read as events.
        event: The event's bytes, verbatim.
        received_ns: When it was received: nanoseconds of Unix time.
        path: How it came to us.
        delivery: The identity of the delivery that brought it; empty when it came by none.
    """

    uuid: str
    event: bytes
    received_ns: int
    path: ArrivalPath = ArrivalPath.HOOK
    delivery: str = ""


class Position(NamedTuple):
    """A place between two records. Places are ordered, and stay valid over restarts.

    Attributes:
        segment: The part of the journal, named by when it was begun: milliseconds of Unix time. (In a log a file, in
            a stream the stream itself.) No two parts ever share a number, not even in a journal that was emptied
            or restored from a copy, so that an old cursor can never point into new records by accident.
        offset: The place inside the part: a log's byte, a stream's sequence.
        sequence: How many records were ever kept before this place; the difference of two is a backlog.
    """

    segment: int
    offset: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.segment}:{self.offset}:{self.sequence}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote.

        Raises:
            ValueError: The text is not a position.
        """
        segment, offset, sequence = (int(part) for part in text.split(":"))
        if min(segment, offset, sequence) < 0:
            raise ValueError(f"{text!r} is not a position in a journal")
        return cls(segment, offset, sequence)


BEGINNING = Position(0, 0, 0)
"""Before everything: reading from here begins with the oldest record there is."""


class Entry(msgspec.Struct, frozen=True):
    """A record in its place.

    Attributes:
        at: Where the record begins.
        after: Where reading goes on once the record is dealt with.
        record: The record.
    """

    at: Position
    after: Position
    record: Record


class LostRange(msgspec.Struct, frozen=True):
    """Records that were kept and can't be read any more.

    Attributes:
        after: The place behind the last record that could be read.
        before: The place where reading goes on.
        since: Nothing of it was received before this time.
        until: Nothing of it was received after this time; with `since` what a back-fill has to ask for.
        where: The damaged file, or what else a person should look at.
    """

    after: Position
    before: Position
    since: datetime
    until: datetime
    where: str

    @property
    def records(self) -> int | None:
        """How many records are lost; None when the journal that counted them is gone itself."""
        lost = self.before.sequence - self.after.sequence
        return lost if lost > 0 else None


class Batch(msgspec.Struct, frozen=True):
    """What one reading brought.

    Attributes:
        entries: Records, oldest first; none when the reader has caught up.
        next: Where to read on; beyond `entries` and `lost`.
        lost: What was skipped before the first of `entries`.
    """

    entries: tuple[Entry, ...]
    next: Position
    lost: LostRange | None = None


class Bounds(NamedTuple):
    """Between which places there are records that may be read."""

    oldest: Position
    newest: Position


class Usage(msgspec.Struct, frozen=True):
    """How full and how well a journal is.

    Attributes:
        used_bytes: What it takes on its volume.
        limit_bytes: What it may take.
        newest: The place behind the newest record on stable storage.
        refusal: Why it would refuse a record now; None when it would keep it.
        weakness: What it does not survive although a journal should, as a sentence; None when there is nothing.
        damaged: The names of its files that are kept aside since they can't be read whole, oldest first.
    """

    used_bytes: int
    limit_bytes: int
    newest: Position
    refusal: JournalError | None
    weakness: str | None = None
    damaged: tuple[str, ...] = ()
