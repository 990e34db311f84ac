"""Sockets and connections: limits, and an end that cuts nobody off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from okta_hooks.bad_input import BadInput
from okta_hooks.receiver.tally import Tally

_BACKLOG = 1024
_MAX_CONNECTIONS = 1024
_IDLE_SECONDS = 100.0
"""Longer than the proxies in front keep a connection (60 s and 90 s), so that they never send into a closing one."""
_LINGERING_SECONDS = 1.0
_SHUTDOWN_SECONDS = 3.0


class HookServer(web.Server):
    """An HTTP server without routes that bounds its connections.

    Whoever sends no whole head of a request within the idle time is hung up on.

    Args:
        handler: Answers requests.
        tally: Counts connections that were refused.
        max_connections: The most that are open at once.
        idle_seconds: How long a connection may be without a request.
    """

    def __init__(
        self,
        handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
        *,
        tally: Tally,
        max_connections: int = _MAX_CONNECTIONS,
        idle_seconds: float = _IDLE_SECONDS,
    ) -> None:
        super().__init__(
            handler,
            access_log=None,
            keepalive_timeout=idle_seconds,
            lingering_time=_LINGERING_SECONDS,
        )
        self._tally = tally
        self._max_connections = max_connections

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Let a connection in, if there is room."""
        super().connection_made(handler, transport)
        if len(self.connections) > self._max_connections:
            self._tally.refused_connections += 1
            transport.abort()


def listen(port: int) -> socket.socket:
    """A socket that listens on every address of the machine, IPv6 included where there is any.

    Raises:
        BadInput: The port can't be had.
    """
    dualstack = socket.has_dualstack_ipv6()
    try:
        return socket.create_server(
            ("", port),
            family=socket.AF_INET6 if dualstack else socket.AF_INET,
            dualstack_ipv6=dualstack,
            backlog=_BACKLOG,
        )
    except OSError as error:
        raise BadInput(f"port {port} can't be listened on ({error.strerror}): choose another") from error


@asynccontextmanager
async def serving(runner: web.ServerRunner | web.AppRunner, listener: socket.socket) -> AsyncIterator[None]:
    """Serve on a socket; on leaving, take no more connections, finish what was begun, and close."""
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()


def hook_runner(server: HookServer) -> web.ServerRunner:
    """What serves Okta."""
    return web.ServerRunner(server, shutdown_timeout=_SHUTDOWN_SECONDS)


def admin_runner(application: web.Application) -> web.AppRunner:
    """What serves the cluster."""
    return web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
