"""Starting a receiver as a process of its own, with everything it needs in one folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from okta_hooks.journal import Entry, LogReader
from okta_hooks.journal.record import BEGINNING

PATH = "/team/hook"
SECRET = "a-secret-of-the-hook"
ADMIN_TOKEN = "a-token-of-the-pod"

_OPERATOR = Path(__file__).parents[2] / "operator"
_TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class ReceiverFolder:
    """What is mounted into a receiver's container."""

    root: Path

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def token_file(self) -> Path:
        return self.root / "token"

    @property
    def journal(self) -> Path:
        return self.root / "journal"

    @property
    def passed_file(self) -> Path:
        return self.root / "passed"

    def prepare(self) -> None:
        """Put a secret and a token there."""
        self.secrets.mkdir()
        (self.secrets / "current").write_text(SECRET)
        self.token_file.write_text(ADMIN_TOKEN)

    def options(self) -> list[str]:
        """The command line that names these files, and free ports."""
        return [
            *("--path", PATH, "--secrets-folder", str(self.secrets), "--admin-token-file", str(self.token_file)),
            *("--journal-folder", str(self.journal), "--passed-file", str(self.passed_file)),
            *("--okta-port", "0", "--admin-port", "0", "--drain-seconds", "0"),
        ]

    async def kept(self) -> list[Entry]:
        """Everything in the journal."""
        reader, place, entries = LogReader(self.journal), BEGINNING, list[Entry]()
        while (batch := await reader.read(place, max_records=10_000, max_bytes=64 << 20)).entries:
            assert batch.lost is None
            entries += batch.entries
            place = batch.next
        return entries


@dataclass(frozen=True)
class ReceiverProcess:
    """A receiver that listens on this machine."""

    process: subprocess.Popen[str]
    okta_port: int
    admin_port: int
    log: tuple[dict[str, object], ...]

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait_for_line(self, text: str) -> None:
        """Return once a line of its log has a text in it."""
        assert self.process.stderr is not None
        assert any(text in line for line in self.process.stderr), f"the receiver ended and never said {text}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.okta_port}{PATH}"

    @property
    def admin_url(self) -> str:
        return f"http://127.0.0.1:{self.admin_port}"


def command(options: Sequence[str]) -> list[str]:
    """The receiver's command line."""
    return [sys.executable, "-m", "okta_hooks", "receiver", *options]


def environment() -> dict[str, str]:
    """Where its code is found."""
    return {**os.environ, "PYTHONPATH": f"{_OPERATOR}:{_TESTS}"}


@contextmanager
def started(line: Sequence[str]) -> Iterator[ReceiverProcess]:
    """Run a receiver until the context ends; entering returns once it listens."""
    process = subprocess.Popen(line, env=environment(), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        log: list[dict[str, object]] = []
        for text in process.stderr:
            log.append(json.loads(text))
            if {"okta_port", "admin_port"} <= log[-1].keys():
                break
        assert log, "the receiver ended before it listened"
        okta_port, admin_port = (int(str(log[-1][name])) for name in ("okta_port", "admin_port"))
        yield ReceiverProcess(process, okta_port, admin_port, tuple(log))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
