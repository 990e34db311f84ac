"""How fast a dispatcher passes a day's worth of events on to Kafka, syslog and object storage, and its memory.

That is after an outage of theirs, with the default settings. The servers are real ones: Kafka, VictoriaLogs by TLS,
SeaweedFS. Each is asked in the end for every single event.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.measurement import Measurement
from dispatching.outage import EVENTS, Outage, To, fill, outage
from dispatching.process import DispatcherFolder
from servers import kafka, seaweedfs, victoria_logs
from servers.authority import Authority
from servers.process import free_port


def run() -> Iterable[Measurement]:
    """Fill a journal while all sinks are down, then let one after the other come back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled = DispatcherFolder(folder)
        fill(filled)
        for sink, into in (("kafka", _into_kafka), ("syslog", _by_syslog), ("objectStorage", _into_a_bucket)):
            with outage(folder / "journal", _sinks(folder)[sink]) as down:
                yield Measurement(f"drain_{sink.lower()}_events_per_second", into(down, folder), "events/s")
                yield Measurement(f"dispatcher_{sink.lower()}_rss_mb", down.peak_mb, "MB")


def _sinks(folder: Path) -> dict[str, To]:
    for name, text in zip(("key-id", "key-secret"), seaweedfs.WRITER, strict=True):
        (folder / name).write_text(text)
    key = {
        "type": "accessKey",
        "accessKeyIdFile": str(folder / "key-id"),
        "secretAccessKeyFile": str(folder / "key-secret"),
    }
    nobody = f"127.0.0.1:{free_port()}"
    return {
        "kafka": {"type": "kafka", "bootstrapServers": [nobody], "encryption": "None", "topic": "okta"},
        "syslog": {"type": "syslog", "url": f"tcp://{nobody}", "maxMessageBytes": 1 << 16},
        "objectStorage": {
            "type": "objectStorage",
            "bucket": "okta",
            "endpoint": f"http://{nobody}",
            "addressing": "Path",
            "auth": key,
        },
    }


def _into_kafka(down: Outage, folder: Path) -> float:
    with kafka.running(folder, _tell) as server:
        server.create("okta", partitions=3)
        rate = down.drained({"bootstrapServers": [f"127.0.0.1:{server.listeners.plain}"]})
        assert len({message.key() for message in server.each("okta")}) == EVENTS
    return rate


def _by_syslog(down: Outage, folder: Path) -> float:
    (folder / "syslog").mkdir()
    authority, port = Authority(folder / "syslog"), free_port()
    own = authority.issued("127.0.0.1")
    options = [
        f"-syslog.listenAddr.tcp=127.0.0.1:{port}",
        "-syslog.tls=true",
        f"-syslog.tlsCertFile={own.certificate}",
        f"-syslog.tlsKeyFile={own.key}",
    ]
    with victoria_logs.running(folder, _tell, *options) as server:
        rate = down.drained({"url": f"tls://127.0.0.1:{port}", "caFile": str(authority.file)})
        assert server.count_unique('"okta@32473.uuid"') == EVENTS
    return rate


class _Event(msgspec.Struct):
    uuid: str


class _Line(msgspec.Struct):
    event: _Event


def _into_a_bucket(down: Outage, folder: Path) -> float:
    with seaweedfs.running(folder) as server:
        rate = down.drained({"endpoint": server.url})
        uuids = {
            msgspec.json.decode(line, type=_Line).event.uuid
            for body in server.objects("okta").values()
            for line in gzip.decompress(body).splitlines()
        }
        assert len(uuids) == EVENTS
    return rate


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
