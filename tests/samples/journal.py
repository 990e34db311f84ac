"""Records to keep, and readers that have patience; for all tests of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from okta_hooks.journal import BEGINNING, Entry, LostRange, Position, Reader, Record


def numbered(number: int, *, size: int = 40) -> Record:
    """The record of that number, with an event of a size in bytes."""
    return Record(uuid=f"uuid-{number}", event=b'{"n":%d}' % number + b" " * size, received_ns=number, delivery="d-1")


def several(count: int, *, first: int = 0, size: int = 40) -> list[Record]:
    """Records numbered in a row."""
    return [numbered(number, size=size) for number in range(first, first + count)]


class Reading(NamedTuple):
    """All that a reader got until it had caught up."""

    entries: tuple[Entry, ...]
    lost: tuple[LostRange, ...]
    next: Position

    @property
    def records(self) -> list[Record]:
        """The records alone."""
        return [entry.record for entry in self.entries]


async def read_all(reader: Reader, after: Position = BEGINNING, *, max_bytes: int = 1 << 20) -> Reading:
    """Read from a place to the end."""
    entries: list[Entry] = []
    lost: list[LostRange] = []
    while (batch := await reader.read(after, max_records=1000, max_bytes=max_bytes)).next != after:
        assert batch.next > after
        entries += batch.entries
        lost += [batch.lost] if batch.lost else []
        after = batch.next
    return Reading(tuple(entries), tuple(lost), after)


def uuids(records: Iterable[Record]) -> list[str]:
    """The identities of records, in order."""
    return [record.uuid for record in records]


def is_prefix(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether a sequence begins with another."""
    return list(longer[: len(shorter)]) == list(shorter)
