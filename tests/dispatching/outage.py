"""A dispatcher with a day's worth of events whose sink is down; for benchmarks that let it come back."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from dispatching.process import DispatcherFolder
from dispatching.statistics import has_all, numbers
from okta_hooks.journal import Record
from okta_simulator.organization import Organization

EVENTS = 400_000
"""A full day of Okta's own limit."""
_AT_ONCE = 1000
_KINDS = 2000
_UUID_AT = len('{"uuid":"')
_UUID_LENGTH = 36
_NAME = "sink"

To = Mapping[str, object]
"""A sink's `to`."""


class Outage:
    """A dispatcher whose only sink is down.

    Args:
        folder: What it finds.
        to: Where nobody is.
        format: In which format events are written.
    """

    def __init__(self, folder: DispatcherFolder, to: To, *, format: str = "okta") -> None:  # noqa: A002 -- users' word
        self._folder = folder
        self._to = to
        self._format = format
        self._pid = self._port = 0

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Let the dispatcher run on a core of its own; until all events are in its index nothing happens."""
        self.turn({})
        with self._folder.running() as process:
            os.sched_setaffinity(process.pid, {cores()[0]})
            self._pid, self._port = process.pid, process.admin_port()
            while numbers(self._port).unique.get("hook", 0) < EVENTS:
                time.sleep(0.5)
            yield

    @property
    def peak_mb(self) -> float:
        """The most memory that the dispatcher had in use, in millions of bytes."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6

    def drained(self, to: To) -> float:
        """Tell where the sink is; how many events it took a second."""
        self.turn(to)
        while not numbers(self._port).sinks[_NAME].delivered:
            time.sleep(0.1)
        began = time.monotonic()
        self.until_drained()
        return EVENTS / (time.monotonic() - began)

    def turn(self, to: To) -> None:
        """Tell where the sink is: what is other than it was."""
        retry = {"backoffDelaySeconds": 0.1, "backoffLimitSeconds": 1}
        sink = {"name": _NAME, "to": {**self._to, **to}, "format": {"type": self._format}, "retry": retry}
        self._folder.configure(sink)

    def until_drained(self) -> None:
        """Return once the sink has everything."""
        while not has_all(self._port, _NAME):
            time.sleep(0.2)


@contextmanager
def outage(journal: Path, to: To, *, format: str = "okta") -> Iterator[Outage]:  # noqa: A002 -- users' word
    """A dispatcher of its own behind a journal that is filled."""
    with tempfile.TemporaryDirectory() as name:
        folder = DispatcherFolder(Path(name))
        (folder.folder / "journal").symlink_to(journal)
        down = Outage(folder, to, format=format)
        with down.lasting():
            yield down


def fill(folder: DispatcherFolder) -> None:
    """Append a day's worth of events, which are those of a working day in the simulator."""
    asyncio.run(_fill(folder))


async def _fill(folder: DispatcherFolder) -> None:
    organization = Organization(url="https://acme.okta.com")
    kinds = [msgspec.json.encode(event) for event in organization.activity.generator.everyday(_KINDS)]
    async with folder.journal() as journal:
        for first in range(0, EVENTS, _AT_ONCE):
            await journal.append([_record(kinds[number % _KINDS]) for number in range(first, first + _AT_ONCE)])


def _record(event: bytes) -> Record:
    """The same event under a uuid of its own."""
    identity = str(uuid.uuid4())
    return Record(identity, event[:_UUID_AT] + identity.encode() + event[_UUID_AT + _UUID_LENGTH :], time.time_ns())


def cores() -> tuple[int, int]:
    """A core for the dispatcher and one for the other side; the same one where there is no other."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[-1]
