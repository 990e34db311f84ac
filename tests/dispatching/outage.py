"""A dispatcher with a day's worth of events whose sinks are all down; for benchmarks that let one come back."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec

from dispatching.process import DispatcherFolder
from dispatching.statistics import numbers
from okta_hooks.journal import Record
from okta_simulator.organization import Organization

EVENTS = 400_000
"""A full day of Okta's own limit."""
_AT_ONCE = 1000
_KINDS = 2000
_UUID_AT = len('{"uuid":"')
_UUID_LENGTH = 36

Sinks = Mapping[str, Mapping[str, object]]
"""Each sink's `to`, by its name."""


class Outage:
    """A dispatcher whose sinks are down.

    Args:
        folder: What it finds.
        sinks: Where nobody is.
    """

    def __init__(self, folder: DispatcherFolder, sinks: Sinks) -> None:
        self._folder = folder
        self._sinks = dict(sinks)
        self._port = 0
        self._configure()

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Let the dispatcher run on a core of its own; until all events are in its index nothing happens."""
        with self._folder.running() as process:
            os.sched_setaffinity(process.pid, {cores()[0]})
            self._port = process.admin_port()
            while numbers(self._port).unique.get("hook", 0) < EVENTS:
                time.sleep(0.5)
            yield

    def drained(self, name: str, to: Mapping[str, object]) -> float:
        """Tell where a sink is; how many events it took a second."""
        self.turn(name, to)
        while not numbers(self._port).sinks[name.lower()].delivered:
            time.sleep(0.1)
        began = time.monotonic()
        self.until_drained(name)
        return EVENTS / (time.monotonic() - began)

    def turn(self, name: str, to: Mapping[str, object]) -> None:
        """Tell where a sink is: what is other than it was."""
        self._sinks[name] = {**self._sinks[name], **to}
        self._configure()

    def until_drained(self, name: str) -> None:
        """Return once a sink has everything."""
        while not numbers(self._port).sinks[name.lower()].has_all:
            time.sleep(0.2)

    def _configure(self) -> None:
        retry = {"backoffDelaySeconds": 0.1, "backoffLimitSeconds": 1}
        self._folder.configure(*({"name": name.lower(), "to": to, "retry": retry} for name, to in self._sinks.items()))


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
