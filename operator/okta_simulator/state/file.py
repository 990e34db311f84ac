"""State in a file: a line of JSON for each change, written before the change is answered.

Reading the lines back gives the state. The file is rewritten without what has been replaced each time an organisation
starts.
"""

from __future__ import annotations

import fcntl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from io import FileIO
from pathlib import Path

import msgspec

from okta_simulator.bad_input import BadInput
from okta_simulator.json_values import UNREADABLE
from okta_simulator.state.appending import append_line
from okta_simulator.state.journal import Journal, JournalFile
from okta_simulator.state.recorder import Change

_DECODER = msgspec.json.Decoder(Change)
_BEGINNING = b'{"kind":'  # of every line


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
        """Append a change.

        Raises:
            BadInput: The disk did not take it.
        """
        append_line(self._file, self._path, _line(change))

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


def _line(change: Change) -> bytes:
    return msgspec.json.encode(change) + b"\n"


def _hold(path: Path) -> FileIO:
    """Open a file for appending, and keep every other process from doing the same."""
    if path.exists() and not path.is_file():  # a pipe would never open, and a device would be replaced by a file
        raise BadInput(f"the state file {path} is something else than a file: name a file that can be written")
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
        except UNREADABLE as error:
            if number == len(lines) and _begins_a_change(line):
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


def _begins_a_change(line: bytes) -> bool:
    """Whether this may be the beginning of a line of ours, and is not somebody's file that was named by mistake."""
    return line[: len(_BEGINNING)] == _BEGINNING[: len(line)]
