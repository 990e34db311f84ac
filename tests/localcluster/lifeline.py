"""Starts programs that end when this process ends, whatever ends it."""

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from localcluster import guard
from localcluster.statefolder import StateFolder


class Runner(Protocol):
    """Somewhere to run programs: this machine, or a sandbox on it."""

    def popen(
        self,
        argv: Sequence[str | Path],
        *,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
        env: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
        foreground: bool = False,
    ) -> subprocess.Popen[str]:
        """Start a program.

        Args:
            argv: the program and its arguments.
            stdin: as in subprocess, like the next two.
            stdout: see above.
            stderr: see above.
            env: additions to this process's environment.
            pass_fds: further file descriptors for the program.
            foreground: share the terminal's process group, so that Ctrl-C reaches the program.
        """


@dataclass(frozen=True)
class Lifeline:
    """The reading end of a pipe that nothing is ever written to; see `guard`."""

    descriptor: int
    state: StateFolder
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def popen(
        self,
        argv: Sequence[str | Path],
        *,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
        env: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
        foreground: bool = False,
        sandbox: int | None = None,
    ) -> subprocess.Popen[str]:
        """See `Runner.popen`; `sandbox` is a pidfd of the process whose namespaces to run in."""
        own = (self.descriptor, self.state.lock, *(() if sandbox is None else (sandbox,)))
        process = subprocess.Popen(
            guard.command(argv, lifeline=self.descriptor, lock=self.state.lock, sandbox=sandbox),
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            text=True,
            env={**guard.environment(), **(env or {})},
            pass_fds=(*own, *pass_fds),
            start_new_session=not foreground,
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
