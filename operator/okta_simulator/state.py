"""What an organisation remembers: collections of frozen records, kept in memory and, by choice, in a file.

The file is a line of JSON for each change, written before the change is answered; reading it back gives the
state. It is rewritten without what has been replaced each time an organisation starts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

Record = TypeVar("Record", bound=msgspec.Struct)


class Change(msgspec.Struct, frozen=True):
    """A record put under an identifier, or, without one, taken away."""

    kind: str
    id: str
    record: msgspec.Raw = msgspec.Raw(b"null")


class Recorder(Protocol):
    """Where changes go, and where those of an earlier life come from."""

    def earlier(self, kind: str) -> Iterator[Change]:
        """The changes of one kind from an earlier life, oldest first, the replaced ones left out."""

    def record(self, change: Change) -> None:
        """Keep a change."""


class Memory:
    """Keeps nothing beyond the process."""

    def earlier(self, kind: str) -> Iterator[Change]:  # noqa: ARG002
        """Nothing came before."""
        return iter(())

    def record(self, change: Change) -> None:
        """A change lives in its collection only."""


class StateFile:
    """Keeps every change in a file, so that an organisation survives the process.

    Raises:
        ValueError: The file holds something that is not a change; the sentence names file and line.
    """

    def __init__(self, path: Path) -> None:
        self._kept = _read(path)
        replacement = path.with_name(path.name + ".new")
        with replacement.open("wb") as file:
            file.writelines(msgspec.json.encode(change) + b"\n" for change in self._kept.values())
        replacement.replace(path)
        self._file = path.open("ab", buffering=0)

    def earlier(self, kind: str) -> Iterator[Change]:
        """What the file held of one kind."""
        return (change for change in self._kept.values() if change.kind == kind)

    def record(self, change: Change) -> None:
        """Append a change in one write, so that an end of the process leaves whole lines."""
        os.write(self._file.fileno(), msgspec.json.encode(change) + b"\n")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Collection(Generic[Record]):
    """Records of one kind by identifier, in the order of their creation."""

    def __init__(self, kind: str, record_type: type[Record], recorder: Recorder) -> None:
        self._kind = kind
        self._recorder = recorder
        decoder = msgspec.json.Decoder(record_type)
        self._records = {change.id: decoder.decode(change.record) for change in recorder.earlier(kind)}

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        """The records as they were when asked for, so that a change meanwhile disturbs nobody."""
        return iter(tuple(self._records.values()))

    def get(self, record_id: str) -> Record | None:
        """The record of an identifier, if there is one."""
        return self._records.get(record_id)

    def put(self, record_id: str, record: Record) -> None:
        """Keep a record, in place of the one that had its identifier."""
        self._records[record_id] = record
        self._recorder.record(Change(self._kind, record_id, msgspec.Raw(msgspec.json.encode(record))))

    def remove(self, record_id: str) -> None:
        """Forget a record."""
        del self._records[record_id]
        self._recorder.record(Change(self._kind, record_id))


def _read(path: Path) -> dict[tuple[str, str], Change]:
    kept: dict[tuple[str, str], Change] = {}
    if not path.exists():
        return kept
    decoder = msgspec.json.Decoder(Change)
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            change = decoder.decode(line)
        except msgspec.DecodeError as error:
            if number == len(lines):
                break  # the last write of a process that was killed in the middle of it
            raise ValueError(f"{path}, line {number}, is not a change of an organisation: {error}") from error
        key = (change.kind, change.id)
        if bytes(change.record) == b"null":
            kept.pop(key, None)
        else:
            kept[key] = change
    return kept
