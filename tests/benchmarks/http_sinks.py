"""How fast a dispatcher passes a day's worth of events on to sinks over HTTP, after an outage of them.

The events are those of a working day in the simulator. The dispatcher has a core of its own; the other is for a server
that reads and counts what comes, then for a real one that is asked how many events it holds.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from benchmarks.measurement import Measurement
from dispatching.process import DispatcherFolder
from dispatching.statistics import numbers
from okta_hooks.journal import Record
from okta_simulator.organization import Organization
from servers import opensearch, victoria_logs
from servers.counting import Counted, counting
from servers.process import free_port

_EVENTS = 400_000
_AT_ONCE = 1000
_KINDS = 2000
_RETRY = {"backoffDelaySeconds": 0.1, "backoffLimitSeconds": 1}
_UUID_AT = len('{"uuid":"')
_UUID_LENGTH = 36

Sinks = Mapping[str, Mapping[str, object]]


def run() -> Iterable[Measurement]:
    """Fill a journal while all sinks are down, then let one after the other come back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled = DispatcherFolder(folder)
        asyncio.run(_fill(filled))
        with _dispatcher(filled) as outage:
            for sink in ("http", "splunkHec", "elasticsearch"):
                yield Measurement(f"drain_{sink.lower()}_events_per_second", outage.counted(sink), "events/s")
            with victoria_logs.running(folder, _tell) as logs:
                rate = outage.drained("victoriaLogs", f"{logs.url}/insert/splunk")
                assert logs.count_unique("fields.uuid") == _EVENTS
            yield Measurement("drain_splunkhec_into_victorialogs_events_per_second", rate, "events/s")
            with opensearch.running(folder, _tell) as engine:
                rate = outage.drained("openSearch", engine.url)
                assert engine.count("okta-*") == _EVENTS
            yield Measurement("drain_elasticsearch_into_opensearch_events_per_second", rate, "events/s")


async def _fill(folder: DispatcherFolder) -> None:
    organization = Organization(url="https://acme.okta.com")
    kinds = [msgspec.json.encode(event) for event in organization.activity.generator.everyday(_KINDS)]
    async with folder.journal() as journal:
        for first in range(0, _EVENTS, _AT_ONCE):
            await journal.append([_record(kinds[number % _KINDS]) for number in range(first, first + _AT_ONCE)])


def _record(event: bytes) -> Record:
    """The same event under a uuid of its own."""
    identity = str(uuid.uuid4())
    return Record(identity, event[:_UUID_AT] + identity.encode() + event[_UUID_AT + _UUID_LENGTH :], time.time_ns())


class _Outage:
    """A dispatcher whose sinks are down."""

    def __init__(self, folder: DispatcherFolder, sinks: Sinks) -> None:
        self._folder = folder
        self._sinks = dict(sinks)
        self.port = 0

    def configure(self) -> None:
        """Tell the dispatcher where the sinks are."""
        self._folder.configure(*({"name": name.lower(), "to": to, "retry": _RETRY} for name, to in self._sinks.items()))

    def counted(self, name: str) -> float:
        """Let a counting server take a sink's place; how many events it got a second."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        with counting(port, core=_cores()[1]):
            self._turn(name, url)
            self._until_drained(name)
            with urllib.request.urlopen(url) as answer:
                counted = msgspec.json.decode(answer.read(), type=Counted)
        assert counted.events == _EVENTS
        return counted.rate

    def drained(self, name: str, url: str) -> float:
        """Let a server take a sink's place; how many events it took a second."""
        self._turn(name, url)
        while not numbers(self.port).sinks[name.lower()].delivered:
            time.sleep(0.1)
        began = time.monotonic()
        self._until_drained(name)
        return _EVENTS / (time.monotonic() - began)

    def _turn(self, name: str, url: str) -> None:
        self._sinks[name] = {**self._sinks[name], "url": url}
        self.configure()

    def _until_drained(self, name: str) -> None:
        while not numbers(self.port).sinks[name.lower()].has_all:
            time.sleep(0.2)


@contextmanager
def _dispatcher(folder: DispatcherFolder) -> Iterator[_Outage]:
    token = folder.folder / "hec-token"
    token.write_text("0000-1111")
    nowhere = f"http://127.0.0.1:{free_port()}"
    hec = {"type": "splunkHec", "url": nowhere, "tokenFile": str(token)}
    bulk = {"type": "elasticsearch", "url": nowhere}
    http = {"type": "http", "url": nowhere}
    outage = _Outage(
        folder, {"http": http, "splunkHec": hec, "elasticsearch": bulk, "victoriaLogs": hec, "openSearch": bulk}
    )
    outage.configure()
    with folder.running() as process:
        os.sched_setaffinity(process.pid, {_cores()[0]})
        outage.port = process.admin_port()
        while numbers(outage.port).unique.get("hook", 0) < _EVENTS:
            time.sleep(0.5)
        yield outage


def _cores() -> tuple[int, int]:
    """A core for the dispatcher and one for the other side; the same one where there is no other."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[-1]


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
