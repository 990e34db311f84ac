"""Connections of Okta: limits, and an end that cuts nobody off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from okta_hooks.admin.listening import SHUTDOWN_SECONDS
from okta_hooks.receiver.tally import Tally
from okta_hooks.telemetry.protocol_log import protocol_log

_MAX_CONNECTIONS = 1024
_IDLE_SECONDS = 100.0
"""Longer than the proxies in front keep a connection (60 s and 90 s), so that they never send into a closing one."""
_LINGERING_SECONDS = 1.0


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
            logger=protocol_log(__name__),
        )
        self._tally = tally
        self._max_connections = max_connections

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Let a connection in, if there is room."""
        super().connection_made(handler, transport)
        if len(self.connections) > self._max_connections:
            self._tally.refused_connections += 1
            transport.abort()


def hook_runner(server: HookServer) -> web.ServerRunner:
    """What serves Okta."""
    return web.ServerRunner(server, shutdown_timeout=SHUTDOWN_SECONDS)
