"""Starts programs that end when this process ends, whatever ends it."""

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

from localcluster import guard
from localcluster.statefolder import StateFolder


class Options(TypedDict, total=False):
    """How a program is started, besides what it is."""

    stdin: int | None
    """As in subprocess, like the next two."""
    stdout: int | None
    stderr: int | None
    env: Mapping[str, str]
    """Additions to this process's environment."""
    pass_fds: Sequence[int]
    """Further file descriptors for the program."""
    foreground: bool
    """Share this process's terminal, and get what its keys send."""


class Runner(Protocol):
    """Somewhere to run programs: this machine, or a sandbox on it."""

    def popen(self, argv: Sequence[str | Path], **options: Unpack[Options]) -> subprocess.Popen[str]:
        """Start a program."""


@dataclass(frozen=True)
class Lifeline:
    """The reading end of a pipe that nothing is ever written to; see `guard`."""

    descriptor: int
    state: StateFolder
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def popen(
        self, argv: Sequence[str | Path], *, sandbox: int | None = None, **options: Unpack[Options]
    ) -> subprocess.Popen[str]:
        """See `Runner.popen`; `sandbox` is a pidfd of the process whose namespaces to run in."""
        own = (self.descriptor, self.state.lock, *(() if sandbox is None else (sandbox,)))
        process = subprocess.Popen(
            guard.command(argv, lifeline=self.descriptor, lock=self.state.lock, sandbox=sandbox),
            stdin=options.get("stdin"),
            stdout=options.get("stdout"),
            stderr=options.get("stderr"),
            text=True,
            env={**guard.environment(), **options.get("env", {})},
            pass_fds=(*own, *options.get("pass_fds", ())),
            start_new_session=not options.get("foreground", False),
        )
        self._started.append(process)
        return process

    def wait(self) -> None:
        """Wait for the end of everything that was started."""
        for process in self._started:
            process.wait()


@contextlib.contextmanager
def hold(state: StateFolder) -> Iterator[Lifeline]:
    """A lifeline: what was started on it and still runs at the end is killed."""
    reading, writing = os.pipe()
    lifeline = Lifeline(reading, state)
    try:
        yield lifeline
    finally:
        os.close(writing)
        lifeline.wait()
        os.close(reading)
