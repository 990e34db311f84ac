"""NATS with JetStream: one server, or a cluster of them on this machine."""

from __future__ import annotations

import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers.errors import ServerError
from servers.process import ServerProcess, answering, free_port

_PROGRAM = Path(sys.executable).parent / "nats-server"
_LEADER_WITHIN = 60.0


@dataclass(frozen=True)
class NatsOptions:
    """How servers are set up.

    Attributes:
        sync_interval: How often they sync, as in their configuration; None leaves their default of two minutes.
        more: More lines of their configuration.
    """

    sync_interval: str | None = None
    more: str = ""


class NatsServer:
    """A server that can be killed, started again on the same data and ports, and stopped for a while.

    Args:
        name: Its name.
        folder: Where its configuration, data and log are.
        options: How it is set up.
    """

    def __init__(self, name: str, folder: Path, options: NatsOptions) -> None:
        self.name = name
        self._folder = folder
        self._options = options
        self.port, self.monitor_port, self.route_port = free_port(), free_port(), free_port()
        self._process = ServerProcess(
            f"the NATS server {name}",
            [_PROGRAM, "-c", folder / f"{name}.conf"],
            is_ready=answering(f"{self.monitor}/healthz?js-server-only=true"),
            log=folder / f"{name}.log",
        )

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"nats://127.0.0.1:{self.port}"

    @property
    def monitor(self) -> str:
        """Where it tells of itself."""
        return f"http://127.0.0.1:{self.monitor_port}"

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def configure(self, routes: Sequence[NatsServer]) -> None:
        """Write its configuration.

        Args:
            routes: The servers of its cluster; none where it is alone.
        """
        sync = f", sync_interval: {self._options.sync_interval}" if self._options.sync_interval else ""
        lines = [
            f"server_name: {self.name}",
            f'listen: "127.0.0.1:{self.port}"',
            f'http: "127.0.0.1:{self.monitor_port}"',
            f'jetstream {{ store_dir: "{self._folder / self.name}"{sync} }}',
            self._options.more,
        ]
        if routes:
            urls = ", ".join(f'"nats://127.0.0.1:{each.route_port}"' for each in routes)
            lines.append(f'cluster {{ name: tests, listen: "127.0.0.1:{self.route_port}", routes: [{urls}] }}')
        (self._folder / f"{self.name}.conf").write_text("\n".join(lines) + "\n")

    @property
    def has_leader(self) -> bool:
        """Whether its cluster has a leader that can make streams."""
        return self._is_healthy("?js-meta-only=true")

    @property
    def has_caught_up(self) -> bool:
        """Whether it has all that the leaders of its streams have."""
        return self._is_healthy("")

    def start(self) -> None:
        """Start it, on what it had."""
        self._process.start()

    def kill(self) -> None:
        """End it as a loss of power would, but for the disk."""
        self._process.kill()

    def _is_healthy(self, query: str) -> bool:
        try:
            with urllib.request.urlopen(f"{self.monitor}/healthz{query}", timeout=5) as answer:  # noqa: S310 -- of 127.0.0.1
                return int(answer.status) == 200
        except OSError:
            return False

    def blocked(self) -> AbstractContextManager[None]:
        """Let it hang: connections stay, and nothing answers."""
        return self._process.blocked()


@contextmanager
def running(folder: Path, options: NatsOptions | None = None, *, servers: int = 1) -> Iterator[tuple[NatsServer, ...]]:
    """Servers with their data in a folder, until the context ends.

    Raises:
        ServerError: One does not start.
    """
    started = tuple(NatsServer(f"nats-{number}", folder, options or NatsOptions()) for number in range(servers))
    with ExitStack() as stack:
        for server in started:
            server.configure(started if servers > 1 else ())
            stack.callback(server.kill)
            server.start()
        deadline = time.monotonic() + _LEADER_WITHIN
        while servers > 1 and not all(server.has_leader for server in started):
            if time.monotonic() > deadline:
                raise ServerError(f"the NATS servers had no leader within {_LEADER_WITHIN:.0f} s")
            time.sleep(0.1)
        yield started
