"""How fast a dispatcher passes a day's worth of events on to sinks over HTTP, after an outage of them.

The dispatcher has a core of its own; the other is for a server that reads and counts what comes, then for a real one
that is asked how many events it holds.
"""

from __future__ import annotations

import sys
import tempfile
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.measurement import Measurement
from dispatching.outage import EVENTS, Outage, Sinks, cores, fill
from dispatching.process import DispatcherFolder
from servers import opensearch, victoria_logs
from servers.counting import Counted, counting
from servers.process import free_port


def run() -> Iterable[Measurement]:
    """Fill a journal while all sinks are down, then let one after the other come back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled = DispatcherFolder(folder)
        fill(filled)
        outage = Outage(filled, _sinks(folder))
        with outage.lasting():
            for sink in ("http", "splunkHec", "elasticsearch"):
                yield Measurement(f"drain_{sink.lower()}_events_per_second", _counted(outage, sink), "events/s")
            with victoria_logs.running(folder, _tell) as logs:
                rate = outage.drained("victoriaLogs", {"url": f"{logs.url}/insert/splunk"})
                assert logs.count_unique("fields.uuid") == EVENTS
            yield Measurement("drain_splunkhec_into_victorialogs_events_per_second", rate, "events/s")
            with opensearch.running(folder, _tell) as engine:
                rate = outage.drained("openSearch", {"url": engine.url})
                assert engine.count("okta-*") == EVENTS
            yield Measurement("drain_elasticsearch_into_opensearch_events_per_second", rate, "events/s")


def _sinks(folder: Path) -> Sinks:
    token = folder / "hec-token"
    token.write_text("0000-1111")
    nowhere = f"http://127.0.0.1:{free_port()}"
    hec = {"type": "splunkHec", "url": nowhere, "tokenFile": str(token)}
    bulk = {"type": "elasticsearch", "url": nowhere}
    http = {"type": "http", "url": nowhere}
    return {"http": http, "splunkHec": hec, "elasticsearch": bulk, "victoriaLogs": hec, "openSearch": bulk}


def _counted(outage: Outage, name: str) -> float:
    """Let a counting server take a sink's place; how many events it got a second."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with counting(port, core=cores()[1]):
        outage.turn(name, {"url": url})
        outage.until_drained(name)
        with urllib.request.urlopen(url) as answer:
            counted = msgspec.json.decode(answer.read(), type=Counted)
    assert counted.events == EVENTS
    return counted.rate


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
