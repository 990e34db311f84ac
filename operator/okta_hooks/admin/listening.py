"""Sockets that a process listens on, and an end that cuts nobody off."""

from __future__ import annotations

import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from okta_hooks.bad_input import BadInput

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


def admin_runner(application: web.Application) -> web.AppRunner:
    """What serves the cluster."""
    return web.AppRunner(application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
