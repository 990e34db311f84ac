"""A dispatcher as a process of its own, in a folder with a journal; for tests that kill it, and tests of its port."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from okta_hooks.journal import LogAppender, PassedFile

TOKEN = "the operator's token"


class DispatcherFolder:
    """Everything that a dispatcher finds, and what its sinks got.

    Args:
        folder: An empty folder.
        batch: The most events in a batch.
        options: More of its command line.
    """

    def __init__(self, folder: Path, *, batch: int = 50, options: Sequence[str] = ()) -> None:
        self.folder = folder
        self.own = folder / "own"
        self.own.mkdir()
        self._runs = 0
        self._options = options
        (folder / "token").write_text(TOKEN)
        self.configure({"name": "console", "to": {"type": "stdout"}, "batch": {"maxEvents": batch}})

    def configure(self, *sinks: Mapping[str, object], **more: object) -> None:
        """Swap the configuration in one step, as a mounted ConfigMap does."""
        fresh = self.folder / "dispatcher.new"
        fresh.write_text(json.dumps({"org": "https://acme.okta.com", "sinks": sinks, **more}))
        fresh.replace(self.folder / "dispatcher.json")

    def journal(self) -> LogAppender:
        """The receiver's side."""
        return LogAppender(self.folder / "journal", passed=PassedFile(self.own / "passed"))

    @contextmanager
    def running(self, *, within: Sequence[str] = ()) -> Iterator[RunningProcess]:
        """Run it, by another program if need be; what is still running in the end is killed."""
        self._runs += 1
        output = self.folder / f"output-{self._runs}"
        options = {
            "configuration-file": self.folder / "dispatcher.json",
            "journal-folder": self.folder / "journal",
            "own-folder": self.own,
            "admin-token-file": self.folder / "token",
            "admin-port": 0,
        }
        program = [
            *within,
            sys.executable,
            "-m",
            "okta_hooks",
            "dispatcher",
            *(f"--{name}={is_}" for name, is_ in options.items()),
            *self._options,
        ]
        with (
            output.open("wb") as file,
            subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
            subprocess.Popen(["cat"], stdin=process.stdout, stdout=file) as reader,
        ):
            assert process.stdout
            process.stdout.close()  # the reader alone has it now
            try:
                yield RunningProcess(process, reader, output)
            finally:
                process.kill()
                process.wait()

    def outputs(self) -> list[list[str]]:
        """The uuids that each run put out, in order; a torn last line is none."""
        return [_uuids(self.folder / f"output-{run}") for run in range(1, self._runs + 1)]


class RunningProcess:
    """The process, and who reads its output into a file."""

    def __init__(self, process: subprocess.Popen[bytes], reader: subprocess.Popen[bytes], output: Path) -> None:
        self._process = process
        self._reader = reader
        self._output = output

    @property
    def pid(self) -> int:
        return self._process.pid

    async def lines(self, count: int) -> None:
        """Return once so many events are put out."""
        async with asyncio.timeout(60):
            while self._output.read_bytes().count(b"\n") < count:  # noqa: ASYNC110 -- only the file tells
                await asyncio.sleep(0.01)

    async def put_out(self, uuid: str) -> None:
        """Return once an event is put out; where batches may be repeated, a number of lines does not tell."""
        async with asyncio.timeout(60):
            while uuid not in _uuids(self._output):  # noqa: ASYNC110 -- only the file tells
                await asyncio.sleep(0.01)

    def admin_port(self) -> int:
        """The port for the cluster, once it listens."""
        assert self._process.stderr
        for line in self._process.stderr:
            if "admin_port" in (fields := json.loads(line)):
                return int(fields["admin_port"])
        raise AssertionError("the dispatcher ended before it listened")

    def said(self, text: str) -> None:
        """Return once a line of its log has a text in it."""
        assert self._process.stderr
        assert any(text in line.decode() for line in self._process.stderr), f"it ended and never said {text}"

    def kill(self) -> None:
        """End it as a loss of power would, but for the disk."""
        self._end(signal.SIGKILL)

    def terminate(self) -> int:
        """End it as Kubernetes does; its exit code."""
        return self._end(signal.SIGTERM)

    def ended(self) -> int:
        """Its exit code, once it has ended by itself."""
        return self._process.wait(timeout=60)

    def _end(self, number: signal.Signals) -> int:
        self._process.send_signal(number)
        code = self._process.wait()
        self._reader.wait()
        return code


def _uuids(output: Path) -> list[str]:
    whole, _, _ = output.read_bytes().rpartition(b"\n")
    return [json.loads(line)["event"]["uuid"] for line in whole.splitlines()]
