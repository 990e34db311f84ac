"""A server as a process of its own, that can be ended, killed and started again where it was."""

from __future__ import annotations

import random
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

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
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process, while it runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, and wait until it is ready.

        Raises:
            ServerError: It ended, or is not ready in time.
        """
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                self._line, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + _READY_WITHIN
        while not self._is_ready():
            if self._process.poll() is not None:
                raise ServerError(f"{self._name} ended with code {self._process.returncode}: {self._said()}")
            if time.monotonic() > deadline:
                self.kill()
                raise ServerError(f"{self._name} was not ready within {_READY_WITHIN:.0f} s: {self._said()}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a loss of power would, but for the disk."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Let it end in order, with all on disk that it took."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _said(self) -> str:
        return " / ".join(self._log.read_text(errors="replace").splitlines()[-_LAST_LINES:])


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
