"""A hook's pod without a node: its two processes are started again when they end, and its Secret is mounted late."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contract.okta_hooks.controller.world import NAME, World
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.resources import SECRET
from operating.real_pod import Gateway
from receiving.process import PATH, environment
from samples.kube import within

_SECONDS_TO_START = 60.0
_MOST_JOURNAL, _KEPT_JOURNAL = 16 << 20, 8 << 20


@dataclass
class Container:
    """A process that is started again a second after it ends.

    Args:
        arguments: Its command line after `okta_hooks`.
        log: The file with its log lines.
        listens: Is told its ports.
        process: The one that runs.
        may_run: Whether it is started again.
    """

    arguments: Sequence[str]
    log: Path
    listens: Callable[[dict[str, int]], None]
    process: asyncio.subprocess.Process | None = None
    may_run: asyncio.Event = field(default_factory=asyncio.Event)

    def kill(self) -> None:
        """End it as a loss of power would, but for the disk."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()

    async def run(self) -> None:
        """Keep it running until this is cancelled."""
        self.may_run.set()
        while True:
            await self.may_run.wait()
            begin = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as written:
                self.process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "okta_hooks", *self.arguments,
                    env=environment(), stdin=asyncio.subprocess.DEVNULL, stdout=written, stderr=written,
                )  # fmt: skip
            try:
                await self._until_it_listens(self.process, begin)
                await self.process.wait()
            finally:
                self.kill()
                await self.process.wait()
            await asyncio.sleep(1)

    async def _until_it_listens(self, process: asyncio.subprocess.Process, begin: int) -> None:
        async with asyncio.timeout(_SECONDS_TO_START):
            while process.returncode is None:
                for line in self.log.read_bytes()[begin:].splitlines(keepends=True):
                    if b"admin_port" in line and line.endswith(b"\n"):
                        told = json.loads(line)
                        self.listens({name: told[name] for name in ("okta_port", "admin_port") if name in told})
                        return
                await asyncio.sleep(0.05)


@dataclass
class Pod:
    """What runs for the hook.

    Args:
        folder: Everything that it has.
        receiver: The container that Okta calls.
        dispatcher: The container that feeds the sink.
        mount_lag: Seconds by which the mounted Secret is behind the real one.
    """

    folder: Path
    receiver: Container
    dispatcher: Container
    mount_lag: float = 0.0
    admin_ports: Mapping[str, int] = field(
        default_factory=lambda: {"receiver": RECEIVER_ADMIN_PORT, "dispatcher": DISPATCHER_ADMIN_PORT}
    )

    @property
    def journal(self) -> Path:
        """The journal's folder."""
        return self.folder / "journal"

    async def mount(self, world: World) -> None:
        """Let the files of the Secret follow it until this is cancelled, as a kubelet does."""
        while True:
            data = await _data(world, f"{NAME}-secret")
            await asyncio.sleep(self.mount_lag)
            _write(self.folder / "secrets", data)
            await asyncio.sleep(0.5)


@contextlib.asynccontextmanager
async def pod(world: World, folder: Path, address: str, leads: Gateway, sink_url: str) -> AsyncIterator[Pod]:
    """Run one with the secrets that the operator made, at an address that nobody else has.

    Args:
        world: Where the hook is.
        folder: An empty folder.
        address: Of 127.0.0.0/8.
        leads: What Okta calls.
        sink_url: Where events go.
    """
    (folder / "secrets").mkdir()
    (folder / "own").mkdir()
    _write(folder / "secrets", await _data(world, f"{NAME}-secret"))
    (folder / "token").write_text((await _data(world, f"{NAME}-admin"))["token"])
    to = {"type": "http", "url": sink_url}
    sink = {
        "name": "counting",
        "to": to,
        "batch": {"maxEvents": 500},
        "retry": {"backoffDelaySeconds": 0.2, "backoffLimitSeconds": 2},
    }
    (folder / "dispatcher.json").write_text(json.dumps({"org": world.okta.url, "sinks": [sink]}))
    targets: dict[int, int] = {}

    def receiver_listens(ports: dict[str, int]) -> None:
        targets[RECEIVER_ADMIN_PORT] = ports["admin_port"]
        leads.target = f"http://127.0.0.1:{ports['okta_port']}{PATH}"

    def dispatcher_listens(ports: dict[str, int]) -> None:
        targets[DISPATCHER_ADMIN_PORT] = ports["admin_port"]

    running = Pod(
        folder,
        Container(_receiver(folder), folder / "receiver.log", receiver_listens),
        Container(_dispatcher(folder), folder / "dispatcher.log", dispatcher_listens),
    )
    async with contextlib.AsyncExitStack() as stack:
        for port in (RECEIVER_ADMIN_PORT, DISPATCHER_ADMIN_PORT):
            await stack.enter_async_context(_forwarded(address, port, targets))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each.run()) for each in (running.receiver, running.dispatcher)]
            tasks.append(group.create_task(running.mount(world)))
            yield running
            for task in tasks:
                task.cancel()


def _receiver(folder: Path) -> Sequence[str]:
    options = {
        "path": PATH,
        "secrets-folder": folder / "secrets",
        "admin-token-file": folder / "token",
        "journal-folder": folder / "journal",
        "passed-file": folder / "own" / "passed",
        "journal-max-bytes": _MOST_JOURNAL,
        "journal-keep-bytes": _KEPT_JOURNAL,
        "okta-port": 0,
        "admin-port": 0,
        "drain-seconds": 0,
    }
    return ["receiver", *(f"--{name}={is_}" for name, is_ in options.items())]


def _dispatcher(folder: Path) -> Sequence[str]:
    options = {
        "configuration-file": folder / "dispatcher.json",
        "journal-folder": folder / "journal",
        "own-folder": folder / "own",
        "admin-token-file": folder / "token",
        "admin-port": 0,
    }
    return ["dispatcher", *(f"--{name}={is_}" for name, is_ in options.items())]


async def _data(world: World, name: str) -> dict[str, str]:
    data = within(await world.api.get(SECRET, world.key(name)), "data")
    assert isinstance(data, dict)
    return {key: base64.b64decode(str(value)).decode() for key, value in data.items()}


def _write(folder: Path, data: dict[str, str]) -> None:
    for name, value in data.items():
        fresh = folder.parent / f"{folder.name}-{name}.new"
        fresh.write_text(value)
        fresh.replace(folder / name)
    for left in {each.name for each in folder.iterdir()} - data.keys():
        (folder / left).unlink()


@contextlib.asynccontextmanager
async def _forwarded(address: str, port: int, targets: dict[int, int]) -> AsyncIterator[None]:
    """Lead a port of the pod's address to whichever process has it now."""

    async def lead(near_reader: asyncio.StreamReader, near_writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(near_writer), contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", targets.get(port, 1))
            with contextlib.closing(far_writer):
                await asyncio.gather(_copy(near_reader, far_writer), _copy(far_reader, near_writer))

    async with await asyncio.start_server(lead, address, port):
        yield


async def _copy(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    while data := await source.read(1 << 16):
        to.write(data)
        await to.drain()
    if to.can_write_eof():
        to.write_eof()
