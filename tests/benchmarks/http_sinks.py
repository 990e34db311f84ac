"""How fast a dispatcher passes a day's worth of events on to sinks over HTTP, after an outage, and its memory.

The dispatcher has a core of its own; the other is for a server that reads and counts what comes, then for a real one
that is asked how many events it holds. All settings are the defaults.
"""

from __future__ import annotations

import sys
import tempfile
import urllib.request
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.measurement import Measurement
from dispatching.outage import EVENTS, Outage, To, cores, fill, outage
from dispatching.process import DispatcherFolder
from servers import opensearch, victoria_logs
from servers.counting import Counted, counting
from servers.process import free_port


def run() -> Iterable[Measurement]:
    """Fill a journal; then, for each sink, let a dispatcher index it while the sink is down, and let that come back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled = DispatcherFolder(folder)
        fill(filled)
        journal = folder / "journal"
        sinks = _sinks(folder)
        for sink, to in sinks.items():
            with outage(journal, to) as down:
                yield Measurement(f"drain_{sink.lower()}_events_per_second", _counted(down), "events/s")
                yield Measurement(f"dispatcher_{sink.lower()}_rss_mb", down.peak_mb, "MB")
        for form in ("ecs", "ocsf"):
            with outage(journal, sinks["elasticsearch"], format=form) as down:
                yield Measurement(f"drain_{form}_events_per_second", _counted(down), "events/s")
        with outage(journal, sinks["splunkHec"]) as down, victoria_logs.running(folder, _tell) as logs:
            rate = down.drained({"url": f"{logs.url}/insert/splunk"})
            assert logs.count_unique("fields.uuid") == EVENTS
            yield Measurement("drain_splunkhec_into_victorialogs_events_per_second", rate, "events/s")
        with outage(journal, sinks["elasticsearch"]) as down, opensearch.running(folder, _tell) as engine:
            rate = down.drained({"url": engine.url})
            assert engine.count("okta-*") == EVENTS
            yield Measurement("drain_elasticsearch_into_opensearch_events_per_second", rate, "events/s")


def _sinks(folder: Path) -> dict[str, To]:
    token = folder / "hec-token"
    token.write_text("0000-1111")
    nowhere = f"http://127.0.0.1:{free_port()}"
    return {
        "http": {"type": "http", "url": nowhere},
        "splunkHec": {"type": "splunkHec", "url": nowhere, "tokenFile": str(token)},
        "elasticsearch": {"type": "elasticsearch", "url": nowhere},
    }


def _counted(down: Outage) -> float:
    """Let a counting server take a sink's place; how many events it got a second."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with counting(port, core=cores()[1]):
        down.turn({"url": url})
        down.until_drained()
        with urllib.request.urlopen(url) as answer:
            counted = msgspec.json.decode(answer.read(), type=Counted)
    assert counted.events == EVENTS
    return counted.rate


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
