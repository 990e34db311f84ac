"""A server as a process of its own, that can be ended, killed and started again, and outlives nobody who started it."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from localcluster import guard
from servers.errors import ServerError

_READY_WITHIN = 90.0
_LAST_LINES = 8
_CHOSEN = range(15_000, 30_000)
"""Below those that Linux (from 32768) and macOS (from 49152) give to whoever asks for any: a server binds its port
seconds after it was chosen, and other tests ask all the time."""


class ServerProcess:
    """A program that is ready some time after its start.

    Args:
        name: For people.
        line: Its command line.
        is_ready: Says whether it is.
        log: Where its output goes.
    """

    def __init__(self, name: str, line: Sequence[str | Path], *, is_ready: Callable[[], bool], log: Path) -> None:
        self._name = name
        self._line = line
        self._is_ready = is_ready
        self._log = log
        self._running: _Guarded | None = None

    @property
    def pid(self) -> int:
        """Its process, while it runs."""
        assert self._running is not None
        return self._running.pid

    def start(self) -> None:
        """Start it, and wait until it is ready.

        Raises:
            ServerError: It ended, or is not ready in time.
        """
        self._running = _guarded(self._line, self._log)
        deadline = time.monotonic() + _READY_WITHIN
        while not self._is_ready():
            if (code := self._running.guard.poll()) is not None:
                self.kill()
                raise ServerError(f"{self._name} ended with code {code}: {self._said()}")
            if time.monotonic() > deadline:
                self.kill()
                raise ServerError(f"{self._name} was not ready within {_READY_WITHIN:.0f} s: {self._said()}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a loss of power would, but for the disk."""
        if self._running is not None:
            self._running.cut()
            self._running = None

    def stop(self) -> None:
        """Let it end in order, with all on disk that it took."""
        if self._running is not None:
            self._running.guard.terminate()
            self._running.guard.wait()
            self._running.cut()
            self._running = None

    @contextmanager
    def blocked(self) -> Iterator[None]:
        """Let it hang: connections stay, and nothing answers."""
        pid = self.pid
        os.kill(pid, signal.SIGSTOP)
        try:
            while not _is_stopped(pid):  # one of its threads may run on for a moment, and answer
                time.sleep(0.001)
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def _said(self) -> str:
        return " / ".join(self._log.read_text(errors="replace").splitlines()[-_LAST_LINES:])


@dataclass(frozen=True)
class _Guarded:
    """A program, and what keeps it alive.

    Args:
        guard: Its parent; ends as the program ends.
        lifeline: The writing end of a pipe: the guard kills the program once nobody has it any more.
    """

    guard: subprocess.Popen[bytes]
    lifeline: int

    @property
    def pid(self) -> int:
        """The program's."""
        return int(Path(f"/proc/{self.guard.pid}/task/{self.guard.pid}/children").read_text())

    def cut(self) -> None:
        """Kill it, and return when it is gone."""
        os.close(self.lifeline)
        self.guard.wait()


def _guarded(line: Sequence[str | Path], log: Path) -> _Guarded:
    reading, writing = os.pipe()
    try:
        with log.open("ab") as output:
            started = subprocess.Popen(
                guard.command(line, lifeline=reading),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=guard.environment(),
                pass_fds=[reading],
            )
    except BaseException:
        os.close(writing)
        raise
    finally:
        os.close(reading)
    return _Guarded(started, writing)


def _is_stopped(pid: int) -> bool:
    states = (task.read_text().rpartition(")")[2].split()[0] for task in Path(f"/proc/{pid}/task").glob("*/stat"))
    return all(state == "T" for state in states)


def answering(url: str) -> Callable[[], bool]:
    """Says whether an address answers with 200."""

    def is_ready() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 -- of 127.0.0.1
                return int(answer.status) == 200
        except (urllib.error.URLError, OSError):
            return False

    return is_ready


def listening(port: int) -> Callable[[], bool]:
    """Says whether somebody takes connections on a port of 127.0.0.1."""

    def is_ready() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            return False
        return True

    return is_ready


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has now, and that the system hands to nobody while a server starts.

    Raises:
        ServerError: All are taken.
    """
    for port in random.sample(_CHOSEN, len(_CHOSEN)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise ServerError(f"all ports from {_CHOSEN.start} to {_CHOSEN.stop - 1} are taken; end what holds them")
