"""Lines that are only ever added: for what grows without end, where a collection of records would not fit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path
from typing import Protocol, TypeVar

from okta_simulator.bad_input import BadInput
from okta_simulator.json_values import UNREADABLE
from okta_simulator.state.appending import append_line

Line = TypeVar("Line")


class Journal(Protocol):
    """Lines of one kind."""

    def earlier(self, decode: Callable[[bytes], Line]) -> Iterator[Line]:
        """The lines of an earlier life, oldest first.

        Raises:
            BadInput: A line can't be decoded.
        """

    def append(self, line: bytes) -> None:
        """Keep a line, which has no line break of its own."""


class NoJournal:
    """Leaves the lines to whoever writes them."""

    def earlier(self, decode: Callable[[bytes], Line]) -> Iterator[Line]:  # noqa: ARG002
        """Nothing came before."""
        return iter(())

    def append(self, line: bytes) -> None:
        """The line lives with its writer only."""


class JournalFile:
    """Keeps the lines in a file.

    Raises:
        OSError: The file can't be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = FileIO(path, "a+b")
        self._cut_unfinished_line()

    def earlier(self, decode: Callable[[bytes], Line]) -> Iterator[Line]:
        """The lines of the file."""
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    yield decode(line)
                except UNREADABLE as error:
                    raise BadInput(
                        f"{self._path}, line {number}, can't be read ({error}): remove the line, or the file"
                    ) from error

    def append(self, line: bytes) -> None:
        """Append a line.

        Raises:
            BadInput: The disk did not take it.
        """
        append_line(self._file, self._path, line + b"\n")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _cut_unfinished_line(self) -> None:
        """A process that was killed in the middle of its last write left a part of a line."""
        end = length = self._file.seek(0, os.SEEK_END)
        while end > 0:
            self._file.seek(end - 1)
            if self._file.read(1) == b"\n":
                break
            end -= 1
        if end < length:
            self._file.truncate(end)
