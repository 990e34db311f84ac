"""Sockets that a process listens on, what serves the cluster there, and an end that cuts nobody off."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from aiohttp import web

from okta_hooks.bad_input import BadInput
from okta_hooks.telemetry.protocol_log import protocol_log

_BACKLOG = 1024
SHUTDOWN_SECONDS = 3.0
"""How long an answer that was begun may take at the end."""


def listen(port: int) -> socket.socket:
    """A socket that listens on every address of the machine, IPv6 included where there is any.

    Raises:
        BadInput: The port can't be had.
    """
    try:
        return _dualstack(port) or socket.create_server(("", port), backlog=_BACKLOG)
    except OSError as error:
        raise BadInput(f"port {port} can't be listened on ({error.strerror}): choose another") from error


def _dualstack(port: int) -> socket.socket | None:
    """A socket for both families; None where the machine has no address of IPv6, though the kernel may know it."""
    if not socket.has_dualstack_ipv6():
        return None
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=_BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            return None
        raise


@asynccontextmanager
async def serving(runner: web.ServerRunner | web.AppRunner, listener: socket.socket) -> AsyncIterator[None]:
    """Serve on a socket; on leaving, take no more connections, finish what was begun, and close."""
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()


@dataclass(frozen=True)
class ConnectionLimits:
    """How much the cluster may ask for: who knows no token can connect too, and must not use up the process's files.

    Attributes:
        most: So many connections are open at once; for one more, the oldest is hung up on, so that probes get through.
        idle_seconds: How long a connection may be without the whole head of a request; longer than between two scrapes.
    """

    most: int = 128
    idle_seconds: float = 75.0


_USUAL = ConnectionLimits()


@asynccontextmanager
async def serving_cluster(
    application: web.Application, listener: socket.socket, *, limits: ConnectionLimits = _USUAL
) -> AsyncIterator[None]:
    """Serve the admin port on a socket; on leaving as `serving`."""
    runner = web.AppRunner(
        application,
        access_log=None,
        keepalive_timeout=limits.idle_seconds,
        logger=protocol_log(__name__),
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    await runner.setup()
    doors = _Doors(cast(web.Server, runner.server), limits.most)  # there is one since it was set up
    server = await asyncio.get_running_loop().create_server(doors, sock=listener, backlog=_BACKLOG)
    try:
        yield
    finally:
        server.close()
        await runner.cleanup()


class _Doors:
    """Makes the other end of each connection."""

    def __init__(self, server: web.Server, most: int) -> None:
        self._server = server
        self._most = most

    def __call__(self) -> web.RequestHandler:
        connections = self._server.connections
        if len(connections) >= self._most and (transport := connections[0].transport):
            transport.abort()
        return self._server()
