"""What an organisation remembers: collections of frozen records, kept in memory and, by choice, in a file.

The file is a line of JSON for each change, written before the change is answered; reading it back gives the
state. It is rewritten without what has been replaced each time an organisation starts.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from io import FileIO
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.journal import Journal, JournalFile, NoJournal

Record = TypeVar("Record", bound=msgspec.Struct)


class Change(msgspec.Struct, frozen=True):
    """A record put under an identifier, or, without one, taken away."""

    kind: str
    id: str
    record: msgspec.Raw = msgspec.Raw(b"null")


_DECODER = msgspec.json.Decoder(Change)


class Recorder(Protocol):
    """Where changes go, and where those of an earlier life come from."""

    def earlier(self, kind: str) -> Iterator[Change]:
        """The changes of one kind from an earlier life, oldest first, the replaced ones left out."""

    def record(self, change: Change) -> None:
        """Keep a change."""

    def journal(self, kind: str) -> Journal:
        """Where lines of one kind are kept that are never replaced, however many they are."""


class Memory:
    """Keeps nothing beyond the process."""

    def earlier(self, kind: str) -> Iterator[Change]:  # noqa: ARG002
        """Nothing came before."""
        return iter(())

    def record(self, change: Change) -> None:
        """A change lives in its collection only."""

    def journal(self, kind: str) -> Journal:  # noqa: ARG002
        """Lines are kept by whoever writes them."""
        return NoJournal()


class StateFile:
    """Keeps every change in a file, so that an organisation survives the process (not a loss of power).

    Raises:
        BadInput: The file can't be read or written, is another process's, or holds something that is not a change.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with ExitStack() as opened:
            try:
                opened.enter_context(_hold(path))
                self._kept = _read(path)
                self._file = opened.enter_context(self._begin_anew(path))
            except OSError as error:
                raise BadInput(
                    f"the state file {path} cannot be used ({error.strerror}): name a file that can be written"
                ) from error
            self._opened = opened.pop_all()

    def earlier(self, kind: str) -> Iterator[Change]:
        """What the file held of one kind; handed out once, so that nothing is kept twice."""
        return iter(self._kept.pop(kind, {}).values())

    def record(self, change: Change) -> None:
        """Append a change in one write, so that an end of the process leaves whole lines.

        Raises:
            OSError: The disk took only a part of it, or nothing.
        """
        line = _line(change)
        if os.write(self._file.fileno(), line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._file.name)

    def journal(self, kind: str) -> Journal:
        """A file beside this one, named after the kind; whoever keeps lines of that kind asks once."""
        path = self._path.with_name(f"{self._path.name}.{kind}")
        try:
            journal = JournalFile(path)
        except OSError as error:
            raise BadInput(
                f"the file {path} cannot be used ({error.strerror}): make it a file that can be written"
            ) from error
        self._opened.callback(journal.close)
        return journal

    def close(self) -> None:
        """Let go of the files."""
        self._opened.close()

    def _begin_anew(self, path: Path) -> FileIO:
        replacement = path.with_name(path.name + ".new")
        with replacement.open("wb") as lines:
            for changes in self._kept.values():
                lines.writelines(_line(change) for change in changes.values())
        file = _hold(replacement)
        replacement.replace(path)
        return file


class Collection(Generic[Record]):
    """Records of one kind by identifier, in the order of their creation.

    Raises:
        BadInput: A record of an earlier life is not of this type, as after a change of the simulator's version.
    """

    def __init__(self, kind: str, record_type: type[Record], recorder: Recorder) -> None:
        self._kind = kind
        self._recorder = recorder
        self._revision = 0
        decoder = msgspec.json.Decoder(record_type)
        self._records = {change.id: _restored(change, decoder) for change in recorder.earlier(kind)}

    @property
    def revision(self) -> int:
        """Grows with each change, so that who derives something from the records knows when to do it again."""
        return self._revision

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
        self._recorder.record(Change(self._kind, record_id, msgspec.Raw(msgspec.json.encode(record))))
        self._records[record_id] = record
        self._revision += 1

    def remove(self, record_id: str) -> None:
        """Forget a record.

        Raises:
            KeyError: There is none.
        """
        del self._records[record_id]
        self._revision += 1
        self._recorder.record(Change(self._kind, record_id))


def _restored(change: Change, decoder: msgspec.json.Decoder[Record]) -> Record:
    try:
        return decoder.decode(change.record)
    except msgspec.ValidationError as error:
        raise BadInput(
            f"the state file's {change.kind} {change.id} is not of this version's shape ({error}): "
            "begin with a new state file"
        ) from error


def _line(change: Change) -> bytes:
    return msgspec.json.encode(change) + b"\n"


def _hold(path: Path) -> FileIO:
    """Open a file for appending, and keep every other process from doing the same."""
    file = FileIO(path, "ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise BadInput(
            f"the state file {path} is in use by another organisation: end that one, or name another file"
        ) from error
    return file


def _read(path: Path) -> dict[str, dict[str, Change]]:
    """What is left of each kind's changes, by identifier, in the order of creation."""
    kept: defaultdict[str, dict[str, Change]] = defaultdict(dict)
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            change = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if number == len(lines):
                break  # the last write of a process that was killed in the middle of it
            raise BadInput(
                f"{path}, line {number}, is not a change of an organisation ({error}): "
                "remove the line, or name another state file"
            ) from error
        if bytes(change.record) == b"null":
            kept[change.kind].pop(change.id, None)
        else:
            kept[change.kind][change.id] = change
    return kept
