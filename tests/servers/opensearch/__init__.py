"""OpenSearch: one node on 127.0.0.1 with half a gigabyte of heap, up in some eight seconds."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from servers import maven
from servers.process import ServerProcess, answering, free_port

_HERE = Path(__file__).parent


class _Hit(msgspec.Struct, frozen=True, rename={"source": "_source"}):
    source: msgspec.Raw


class _Hits(msgspec.Struct, frozen=True):
    hits: list[_Hit]


class _Search(msgspec.Struct, frozen=True):
    hits: _Hits


class OpenSearch:
    """A node, and questions to it.

    Args:
        process: Runs it.
        url: Where it answers.
    """

    def __init__(self, process: ServerProcess, url: str) -> None:
        self.process = process
        self.url = url

    def count(self, index: str) -> int:
        """How many documents there are in an index, or in those that a pattern means."""
        self.ask("POST", f"/{index}/_refresh")
        return int(str(self.ask("GET", f"/{index}/_count")["count"]))

    def sources(self, index: str) -> list[bytes]:
        """The documents as they were sent, in the order in which they were created; none while the index is made."""
        self.ask("POST", f"/{index}/_refresh")
        query = {"size": 10_000, "sort": [{"_seq_no": {"unmapped_type": "long"}}]}
        try:
            found = self._send("POST", f"/{index}/_search", json.dumps(query).encode())
        except urllib.error.HTTPError as error:
            if error.code == 503:
                return []
            raise
        return [bytes(hit.source) for hit in msgspec.json.decode(found, type=_Search).hits.hits]

    def ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """One request.

        Raises:
            urllib.error.HTTPError: It was not answered with success.
        """
        answer = json.loads(self._send(method, path, None if body is None else json.dumps(body).encode()))
        assert isinstance(answer, dict)
        return answer

    def _send(self, method: str, path: str, body: bytes | None) -> bytes:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, body, headers, method=method)  # noqa: S310 -- of 127.0.0.1
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- of 127.0.0.1
            return bytes(answer.read())


@contextmanager
def running(folder: Path, progress: Callable[[str], None]) -> Iterator[OpenSearch]:
    """A node with its data in a folder, until the context ends.

    Raises:
        ServerError: It is not to be had.
    """
    jars = maven.jars(_HERE / "pom.xml", progress)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    java: list[str | Path] = ["java", "-Xms512m", "-Xmx512m", "-cp", f"{jars}/*"]
    line = [*java, _HERE / "OpenSearch.java", folder / "node", str(port)]
    process = ServerProcess(
        "OpenSearch", line, is_ready=answering(f"{url}/_cluster/health"), log=folder / "opensearch.log"
    )
    process.start()
    try:
        yield OpenSearch(process, url)
    finally:
        process.kill()
