"""A server that reads every event it is sent and counts its uuids, as a process of its own; for benchmarks.

    python -m servers.counting PORT

It takes lines of JSON (at any path), Splunk's HEC and Elasticsearch's bulk interface, and says at `GET /` how many
events came, and when the first and the last.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import uvloop
from aiohttp import web
from isal import isal_zlib

_TESTS = Path(__file__).parents[1]
_GZIP = 31


class Counted(msgspec.Struct):
    """What came.

    Attributes:
        events: How many uuids.
        first: When the first batch came: seconds of a clock that all processes share.
        last: When the last one came.
    """

    events: int = 0
    first: float = 0
    last: float = 0

    @property
    def rate(self) -> float:
        """Events a second."""
        return self.events / (self.last - self.first)


class _Event(msgspec.Struct):
    uuid: str


class _Enveloped(msgspec.Struct):
    event: _Event


class _Fields(msgspec.Struct):
    uuid: str


class _Hec(msgspec.Struct):
    event: _Enveloped
    fields: _Fields


class _Document(msgspec.Struct):
    """In any format."""


class _Create(msgspec.Struct):
    id: str = msgspec.field(name="_id")


class _Action(msgspec.Struct):
    create: _Create


_ENVELOPED = msgspec.json.Decoder(_Enveloped)
_DOCUMENT = msgspec.json.Decoder(_Document)
_HEC = msgspec.json.Decoder(_Hec)
_ACTION = msgspec.json.Decoder(_Action)


def _of_lines(lines: list[bytes]) -> Iterator[str]:
    return (_ENVELOPED.decode(line).event.uuid for line in lines)


def _of_hec(lines: list[bytes]) -> Iterator[str]:
    return (_HEC.decode(line).fields.uuid for line in lines)


def _of_bulk(lines: list[bytes]) -> Iterator[str]:
    for action, document in zip(lines[::2], lines[1::2], strict=True):
        _DOCUMENT.decode(document)
        yield _ACTION.decode(action).create.id


_READERS: Mapping[str, Callable[[list[bytes]], Iterator[str]]] = {
    "/services/collector/event": _of_hec,
    "/_bulk": _of_bulk,
}
_ANSWERS = {"/services/collector/event": b'{"text":"Success","code":0}', "/_bulk": b'{"errors":false}'}


class _Counter:
    def __init__(self) -> None:
        self._uuids = set[str]()
        self._counted = Counted()

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.headers.get("Content-Encoding") == "gzip":
            body = isal_zlib.decompress(body, _GZIP)
        self._uuids.update(_READERS.get(request.path, _of_lines)(body.splitlines()))
        self._counted.last = time.monotonic()
        self._counted.first = self._counted.first or self._counted.last
        return web.Response(body=_ANSWERS.get(request.path, b""), content_type="application/json")

    async def tell(self, _: web.Request) -> web.Response:
        self._counted.events = len(self._uuids)
        return web.Response(body=msgspec.json.encode(self._counted))


@contextmanager
def counting(port: int, *, core: int) -> Iterator[None]:
    """Run it on a port and a processor, until the context ends."""
    line = ["taskset", "--cpu-list", str(core), sys.executable, "-m", "servers.counting", str(port)]
    process = subprocess.Popen(line, env={**os.environ, "PYTHONPATH": str(_TESTS)})
    try:
        yield
    finally:
        process.kill()
        process.wait()


def main(port: int) -> None:
    """Serve until the process is ended."""
    counter = _Counter()
    application = web.Application(client_max_size=1 << 30, handler_args={"auto_decompress": False})
    application.router.add_get("/", counter.tell)
    application.router.add_post("/{path:.*}", counter.take)
    web.run_app(application, host="127.0.0.1", port=port, print=None, access_log=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main(int(sys.argv[1]))
