"""VictoriaLogs: takes Splunk's HEC, Elasticsearch's bulk interface and syslog, and counts by query."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from localcluster import binaries
from localcluster.errors import ClusterError
from servers.errors import ServerError
from servers.process import ServerProcess, answering, free_port


class VictoriaLogs:
    """A server, and questions to it.

    Args:
        process: Runs it.
        url: Where it answers.
    """

    def __init__(self, process: ServerProcess, url: str) -> None:
        self.process = process
        self.url = url

    def query(self, text: str) -> list[dict[str, str]]:
        """What a query in LogsQL finds."""
        asked = urllib.parse.urlencode({"query": text}).encode()
        with urllib.request.urlopen(f"{self.url}/select/logsql/query", asked, timeout=60) as answer:  # noqa: S310 -- of 127.0.0.1
            return [json.loads(line) for line in answer.read().splitlines()]

    def count(self, of: str = "*") -> int:
        """How many entries a query finds."""
        self.flush()
        return int(self.query(f"{of} | stats count() as n")[0]["n"])

    def count_unique(self, field: str) -> int:
        """How many values a field has."""
        self.flush()
        return int(self.query(f"* | stats count_uniq({field}) as n")[0]["n"])

    def flush(self) -> None:
        """Let queries see all that was taken."""
        with urllib.request.urlopen(f"{self.url}/internal/force_flush", timeout=60):  # noqa: S310 -- of 127.0.0.1
            pass


@contextmanager
def running(folder: Path, progress: Callable[[str], None], *options: str) -> Iterator[VictoriaLogs]:
    """A server with its data in a folder, until the context ends.

    Args:
        folder: Where its data and its log go.
        progress: Is told what a first build does.
        options: More of its command line, such as a port for syslog.

    Raises:
        ServerError: It is not to be had.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    line: list[str | Path] = [
        _program(progress),
        f"-httpListenAddr=127.0.0.1:{port}",
        f"-storageDataPath={folder / 'victoria-logs'}",
        "-insert.maxLineSizeBytes=2097152",
        "-retentionPeriod=100y",
        *options,
    ]
    process = ServerProcess("VictoriaLogs", line, is_ready=answering(f"{url}/health"), log=folder / "victoria-logs.log")
    process.start()
    try:
        yield VictoriaLogs(process, url)
    finally:
        process.kill()


def _program(progress: Callable[[str], None]) -> Path:
    try:
        return binaries.find("victoria-logs", progress)
    except ClusterError as error:
        raise ServerError(str(error)) from error
