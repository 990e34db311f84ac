"""Types commands, shows what they print, and holds them to what was said of them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_WIDTH = 480
_AT_MOST = 90.0
_PAUSE = 1.0


class NotAsSaid(Exception):
    """A command did not show what it was to show; the text says which, and what it showed instead."""


@dataclass(frozen=True)
class Terminal:
    """Where commands are typed.

    Args:
        folder: The folder that they are run in.
        environment: What they find in their environment besides this process's own.
        write: Takes each line that somebody is to see.
    """

    folder: Path
    environment: Mapping[str, str]
    write: Callable[[str], None]

    @contextmanager
    def started(self, command: str, within: float) -> Iterator[subprocess.Popen[str]]:
        """A command as a shell runs it; it is ended after so many seconds, or with the block."""
        process = subprocess.Popen(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # so that all of a pipeline can be ended
        )
        late = threading.Timer(within, _end, [process])
        late.start()
        try:
            with process:
                try:
                    yield process
                finally:
                    _end(process)
        finally:
            late.cancel()

    def prompt(self, command: str) -> None:
        """Show a command as it is typed."""
        self.write(f"\n$ {command}")

    def show(self, line: str) -> str:
        """Show a line of output, but not the far end of a long one; gives the whole line."""
        self.write(line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…")
        return line


class Command(Protocol):
    """Something to type, and what is expected of it."""

    def type_into(self, terminal: Terminal) -> None:
        """Type it.

        Raises:
            NotAsSaid: It failed, or showed something else.
        """


@dataclass(frozen=True)
class Run:
    """A command that runs to its end.

    Args:
        text: As it is typed.
        shows: Patterns that its output has.
        lacks: Patterns that its output has not.
        within: Seconds.
    """

    text: str
    shows: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    within: float = _AT_MOST

    def type_into(self, terminal: Terminal) -> None:
        """See `Command`."""
        terminal.prompt(self.text)
        with terminal.started(self.text, self.within) as process:
            output = "\n".join(terminal.show(line) for line in _lines(process))
            code = process.wait()
        if code < 0:
            raise NotAsSaid(f"`{self.text}` did not end within {self.within:g} s")
        if code > 0:
            raise NotAsSaid(f"`{self.text}` failed with code {code}")
        for pattern in self.shows:
            if not re.search(pattern, output):
                raise NotAsSaid(f"`{self.text}` was to show {pattern!r} and did not")
        for pattern in self.lacks:
            if re.search(pattern, output):
                raise NotAsSaid(f"`{self.text}` was not to show {pattern!r} any more")


@dataclass(frozen=True)
class Watch:
    """A command that would go on for ever: it is watched until every pattern has shown, and ended as by Ctrl-C.

    Args:
        text: As it is typed.
        until: Patterns, each of which some line has.
        within: Seconds.
    """

    text: str
    until: tuple[str, ...]
    within: float = _AT_MOST

    def type_into(self, terminal: Terminal) -> None:
        """See `Command`."""
        missing = set(self.until)
        terminal.prompt(self.text)
        with terminal.started(self.text, self.within) as process:
            for line in map(terminal.show, _lines(process)):
                missing -= {pattern for pattern in missing if re.search(pattern, line)}
                if not missing:
                    return
        raise NotAsSaid(f"`{self.text}` did not show {' and '.join(map(repr, sorted(missing)))} in {self.within:g} s")


@dataclass(frozen=True)
class Again:
    """A command that is typed again, each second, until it shows what is waited for; only that time is shown.

    Args:
        text: As it is typed.
        until: A pattern that its output has in the end.
        within: Seconds.
    """

    text: str
    until: str
    within: float = _AT_MOST

    def type_into(self, terminal: Terminal) -> None:
        """See `Command`."""
        deadline = time.monotonic() + self.within
        terminal.prompt(self.text)
        while True:
            with terminal.started(self.text, deadline - time.monotonic()) as process:
                lines = list(_lines(process))
            if done := re.search(self.until, "\n".join(lines)):
                break
            if time.monotonic() + _PAUSE > deadline:
                break
            time.sleep(_PAUSE)
        for line in lines:
            terminal.show(line)
        if not done:
            raise NotAsSaid(f"`{self.text}` did not show {self.until!r} in {self.within:g} s")


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """What a process prints, as it prints it."""
    assert process.stdout is not None
    for line in process.stdout:
        yield line.rstrip("\n")


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
