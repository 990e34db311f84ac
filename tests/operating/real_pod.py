"""A pod without a node: a receiver and a dispatcher as processes, at an address of this machine."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.pods import play_kubelet
from contract.okta_hooks.controller.world import NAME, World
from dispatching.process import DispatcherFolder, RunningProcess
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.resources import SECRET
from okta_simulator.tls import server_context
from receiving.process import ReceiverFolder, ReceiverProcess, command, started
from samples.kube import within


@dataclass
class Gateway:
    """What Okta calls: it leads to the receiver, as long as it is up.

    Args:
        url: Its address.
        session: Carries what is passed on.
        target: The receiver's address; empty while there is none.
        is_up: Whether it passes anything on; otherwise it answers 503, and 502 where the receiver does not listen.
    """

    url: str
    session: aiohttp.ClientSession
    target: str = ""
    is_up: bool = True

    async def handle(self, request: web.Request) -> web.Response:
        """One call."""
        if not self.is_up or not self.target:
            return web.Response(status=503)
        kept = {name: value for name, value in request.headers.items() if name not in ("Host", "Content-Length")}
        body = await request.read()
        try:
            async with self.session.request(request.method, self.target, headers=kept, data=body) as answer:
                return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)
        except aiohttp.ClientConnectionError:
            return web.Response(status=502)


@contextlib.asynccontextmanager
async def gateway(certificates: Certificates) -> AsyncIterator[Gateway]:
    """Let a gateway listen."""
    async with aiohttp.ClientSession() as session:
        opened = Gateway("", session)
        application = web.Application(client_max_size=16 << 20)
        application.router.add_route("*", "/{path:.*}", opened.handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            context = server_context(certificates.certificate, certificates.key)
            await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
            opened.url = f"https://localhost:{runner.addresses[0][1]}/sign-ins"
            yield opened
        finally:
            await runner.cleanup()


@dataclass(frozen=True)
class RealPod:
    """What runs.

    Args:
        receiver: The container that Okta calls.
        dispatcher: The container that feeds a sink: its own output.
        sink: What the dispatcher has put out.
    """

    receiver: ReceiverProcess
    dispatcher: RunningProcess
    sink: DispatcherFolder

    def lines(self) -> int:
        """How many events are at the sink, with every repeat."""
        return sum(output.read_bytes().count(b"\n") for output in self.sink.folder.glob("output-*"))

    def put_out(self) -> list[str]:
        """The uuids at the sink, in order, with every repeat."""
        return [uuid for output in self.sink.outputs() for uuid in output]


@contextlib.asynccontextmanager
async def real_pod(
    world: World, plane: ControlPlane, folder: Path, address: str, leads: Gateway
) -> AsyncIterator[RealPod]:
    """Start what a hook's pod has, with the secrets that the operator made, and say of the pod that it runs.

    Args:
        world: Where the hook is.
        plane: Its cluster.
        folder: An empty folder.
        address: The pod's, of 127.0.0.0/8, which nobody else has.
        leads: What Okta calls.
    """
    receiver_folder = ReceiverFolder(folder)
    receiver_folder.prepare()
    dispatcher_folder = DispatcherFolder(folder, batch=500)
    (receiver_folder.secrets / "current").write_text(await _secret(world, f"{NAME}-secret", "current"))
    receiver_folder.token_file.write_text(await _secret(world, f"{NAME}-admin", "token"))
    async with contextlib.AsyncExitStack() as stack:
        receiver = stack.enter_context(started(command(receiver_folder.options())))
        dispatcher = stack.enter_context(dispatcher_folder.running())
        ports = {RECEIVER_ADMIN_PORT: receiver.admin_port, DISPATCHER_ADMIN_PORT: dispatcher.admin_port()}
        for port, target in ports.items():
            await stack.enter_async_context(_forwarded(address, port, target))
        leads.target = receiver.url
        await play_kubelet(world, plane, address)
        yield RealPod(receiver, dispatcher, dispatcher_folder)


async def _secret(world: World, name: str, key: str) -> str:
    return base64.b64decode(str(within(await world.api.get(SECRET, world.key(name)), "data", key))).decode()


@contextlib.asynccontextmanager
async def _forwarded(address: str, port: int, target: int) -> AsyncIterator[None]:
    """Lead a port of the pod's address to a process."""

    async def lead(near_reader: asyncio.StreamReader, near_writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(near_writer), contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
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
