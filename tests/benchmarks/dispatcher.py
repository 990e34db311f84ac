"""How fast a dispatcher passes a day's worth of events on after an outage, and how much memory it takes meanwhile.

The sink is the process's own output, whose reader does not read at first: that is the outage. The dispatcher indexes
all that comes in the meantime, as it would over a day. Then the reader reads, and counts lines.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.measurement import Measurement
from okta_hooks.journal import LogAppender, PassedFile, Record

_EVENTS = 400_000
_AT_ONCE = 1000
_PADDING = "x" * 2900
_TOKEN = "benchmark"


def run() -> Iterable[Measurement]:
    """Fill a journal, index it, then drain it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(_fill(folder))
        with _dispatcher(folder) as process:
            port = _port(process)
            began = time.perf_counter()
            _until_indexed(port)
            yield Measurement("dispatcher_index_events_per_second", _EVENTS / (time.perf_counter() - began), "events/s")
            began = time.perf_counter()
            _read_lines(process, _EVENTS)
            seconds = time.perf_counter() - began
            yield Measurement("dispatcher_rss_mb", _peak_mb(process.pid), "MB")
        yield Measurement("drain_stdout_events_per_second", _EVENTS / seconds, "events/s")


async def _fill(folder: Path) -> None:
    async with LogAppender(folder / "journal", passed=PassedFile(folder / "own" / "passed")) as journal:
        for _ in range(0, _EVENTS, _AT_ONCE):
            await journal.append([_record() for _ in range(_AT_ONCE)])


def _record() -> Record:
    identity = str(uuid.uuid4())
    event = b'{"uuid":"%s","eventType":"user.session.start","padding":"%s"}' % (identity.encode(), _PADDING.encode())
    return Record(identity, event, time.time_ns())


@contextmanager
def _dispatcher(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    (folder / "own").mkdir()
    (folder / "token").write_text(_TOKEN)
    sinks = [{"name": "console", "to": {"type": "stdout"}}]
    (folder / "dispatcher.json").write_text(json.dumps({"org": "https://acme.okta.com", "sinks": sinks}))
    options = {
        "--configuration-file": folder / "dispatcher.json",
        "--journal-folder": folder / "journal",
        "--own-folder": folder / "own",
        "--admin-token-file": folder / "token",
        "--admin-port": 0,
    }
    program = [
        sys.executable,
        "-m",
        "okta_hooks",
        "dispatcher",
        *(str(part) for pair in options.items() for part in pair),
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _port(process: subprocess.Popen[bytes]) -> int:
    assert process.stderr
    for line in process.stderr:
        if "admin_port" in (fields := json.loads(line)):
            return int(fields["admin_port"])
    raise AssertionError("the dispatcher ended")


def _until_indexed(port: int) -> None:
    unique = 0
    while unique < _EVENTS:
        time.sleep(0.2)
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", "/stats", headers={"Authorization": f"Bearer {_TOKEN}"})
            unique = json.load(connection.getresponse())["unique"].get("hook", 0)


def _read_lines(process: subprocess.Popen[bytes], lines: int) -> None:
    assert process.stdout
    while lines > 0:
        lines -= os.read(process.stdout.fileno(), 1 << 20).count(b"\n")


def _peak_mb(pid: int) -> float:
    """The most memory that a process ever had in use, in millions of bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6
