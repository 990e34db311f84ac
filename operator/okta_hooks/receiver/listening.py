"""Connections of Okta: limits, and an end that cuts nobody off."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from okta_hooks.admin.listening import SHUTDOWN_SECONDS
from okta_hooks.receiver.tally import Tally
from okta_hooks.telemetry.throttle import Throttle

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
            logger=_protocol_log(),
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


def _protocol_log() -> logging.Logger:
    """Where the HTTP server logs; of what is no HTTP, which anybody can send, few lines and nothing of its content."""
    log = logging.Logger(__name__)  # noqa: LOG001 -- each server filters for itself
    log.parent = logging.getLogger(__name__)
    log.addFilter(_Noise())
    return log


class _Noise(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self._throttle = Throttle()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError):
            return True
        left_out = self._throttle.admit("no HTTP")
        record.msg, record.args, record.exc_info = "a request that is no HTTP was refused", (), None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.left_out_before = left_out
        return left_out is not None
