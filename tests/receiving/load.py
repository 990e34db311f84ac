"""Load on an endpoint of a hook, from a process of its own.

    python -m receiving.load PORT SECRET PATH SECONDS CONNECTIONS [RATE]

Each connection sends the next delivery when the last was answered; with a rate, deliveries begin at even distances
instead, whether or not earlier ones were answered. The last line printed is the result, as JSON.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import msgspec
import uvloop

from receiving.bodies import delivery
from receiving.process import PATH, SECRET, environment

_DIGITS = 12


class LoadResult(msgspec.Struct, frozen=True):
    """What became of the load; whatever was not answered with 200 is refused."""

    acknowledged: int
    refused: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def rate(self) -> float:
        """Acknowledged deliveries a second."""
        return self.acknowledged / self.seconds


@dataclass(frozen=True)
class Load:
    """How much, for how long."""

    seconds: float
    connections: int
    rate: float | None = None


def put_on(port: int, load: Load, *, core: int | None = None) -> LoadResult:
    """Send deliveries to a port of this machine, and wait for the result.

    Args:
        port: Where the endpoint listens.
        load: How much.
        core: The processor to send from; any when absent.
    """
    line = [sys.executable, "-m", "receiving.load", str(port), SECRET, PATH, str(load.seconds), str(load.connections)]
    if load.rate is not None:
        line.append(str(load.rate))
    if core is not None:
        line = ["taskset", "--cpu-list", str(core), *line]
    done = subprocess.run(line, env=environment(), stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=LoadResult)


class _Connection(asyncio.Protocol):
    """Sends one request at a time."""

    def __init__(self, answered: Callable[[_Connection, bool, float], None]) -> None:
        self._answered = answered
        self._transport: asyncio.Transport | None = None
        self._got = b""
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's has no base in common with asyncio's

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._got.endswith(b"\r\n\r\n"):  # answers have no bodies
            is_ok, self._got = self._got.startswith(b"HTTP/1.1 200"), b""
            self._answered(self, is_ok, self._began)

    def send(self, request: bytes, began: float) -> None:
        assert self._transport is not None
        self._began = began
        self._transport.write(request)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class _Sender:
    def __init__(self, requests: _Requests) -> None:
        self._requests = requests
        self._until = 0.0
        self._idle: asyncio.Queue[_Connection] = asyncio.Queue()
        self.latencies: list[float] = []
        self.refused = 0

    async def connect(self, port: int, count: int) -> None:
        for _ in range(count):
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: _Connection(self._answered), "127.0.0.1", port
            )
            self._idle.put_nowait(connection)

    async def send_at_once(self, seconds: float) -> None:
        self._until = time.perf_counter() + seconds
        connections = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        for connection in connections:
            connection.send(self._requests.next(), time.perf_counter())
        for _ in connections:
            await self._idle.get()

    async def send_at_rate(self, seconds: float, rate: float) -> None:
        began = time.perf_counter()
        total = int(seconds * rate)
        connections = self._idle.qsize()
        for number in range(total):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            (await self._idle.get()).send(self._requests.next(), due)
        for _ in range(connections):
            await self._idle.get()

    def _answered(self, connection: _Connection, is_ok: bool, began: float) -> None:  # noqa: FBT001 -- a fact
        now = time.perf_counter()
        if is_ok:
            self.latencies.append(now - began)
        else:
            self.refused += 1
        if now < self._until:
            connection.send(self._requests.next(), now)
        else:
            self._idle.put_nowait(connection)


class _Requests:
    """Deliveries of two events that nobody sent before."""

    def __init__(self, secret: str, path: str) -> None:
        first, second = (str(uuid.uuid4()) for _ in range(2))
        body = delivery([first, second])
        head = (
            f"POST {path} HTTP/1.1\r\nHost: hooks.example.com\r\nAuthorization: {secret}\r\n"
            "Accept: application/json\r\n"
            f"Content-Type: application/json\r\nUser-Agent: Okta-Integrations\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        begin, rest = (head.encode() + body).split(first.encode())
        between, end = rest.split(second.encode())
        self._parts = begin, between, end
        self._run = uuid.uuid4().hex[: len(first) - _DIGITS].encode()
        self._events = 0

    def next(self) -> bytes:
        begin, between, end = self._parts
        return b"".join((begin, self._identity(), between, self._identity(), end))

    def _identity(self) -> bytes:
        self._events += 1
        return b"%s%012d" % (self._run, self._events)


async def _main(port: int, requests: _Requests, load: Load) -> LoadResult:
    sender = _Sender(requests)
    await sender.connect(port, load.connections)
    began = time.perf_counter()
    if load.rate is None:
        await sender.send_at_once(load.seconds)
    else:
        await sender.send_at_rate(load.seconds, load.rate)
    seconds = time.perf_counter() - began
    quantiles = statistics.quantiles(sender.latencies, n=100)
    return LoadResult(len(sender.latencies), sender.refused, seconds, quantiles[49] * 1000, quantiles[98] * 1000)


if __name__ == "__main__":
    _port, _secret, _path, _seconds, _connections, *_rate = sys.argv[1:]
    _load = Load(float(_seconds), int(_connections), float(_rate[0]) if _rate else None)
    _result = uvloop.run(_main(int(_port), _Requests(_secret, _path), _load))
    sys.stdout.write(f"{msgspec.json.encode(_result).decode()}\n")
