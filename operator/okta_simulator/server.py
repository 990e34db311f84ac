"""Listening: an organisation reached over HTTP or HTTPS, any number of them in one process."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.bad_input import BadInput
from okta_simulator.control.api import ControlApi
from okta_simulator.control.groups import controls_of
from okta_simulator.control.path import PREFIX
from okta_simulator.management.error_answers import ErrorAnswers, RawHandler
from okta_simulator.management.faults import ManagementFaults
from okta_simulator.organization import Organization

LARGEST_BODY = 1024 * 1024
"""Bytes of a request body; more is answered with 413."""
_LARGEST_LINE = 64 * 1024  # a System Log filter that names every eligible type takes 16.5 KB
_SECONDS_TO_FINISH = 5.0  # for requests under way when the organisation ends


@dataclass(frozen=True)
class Listener:
    """A port that is held, so that its URL is known before the organisation that answers there exists."""

    socket: socket.socket
    host: str
    tls: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        """Where the port is reached on this machine, without a trailing slash."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 -- reached, not bound
        host = f"[{host}]" if ":" in host else host
        port: int = self.socket.getsockname()[1]
        return f"{'https' if self.tls else 'http'}://{host}:{port}"


def listen(host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None) -> Listener:
    """Hold a port; 0 takes a free one. `serve` answers there and closes it.

    Raises:
        BadInput: The port is in use, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return Listener(socket.create_server((host, port), family=family, backlog=1024), host, tls)
    except (OSError, OverflowError) as error:
        reason = str(getattr(error, "strerror", error)).partition(" (while")[0]  # the rest repeats the address
        raise BadInput(
            f"cannot listen on {host} port {port} ({reason}): choose another port, or 0 for a free one"
        ) from error


@asynccontextmanager
async def serve(
    organization: Organization, listener: Listener, *, control_token: str | None = None
) -> AsyncIterator[str]:
    """Answer for an organisation until the context ends.

    Args:
        organization: Who answers.
        listener: Where.
        control_token: What callers of the control API have to present; None where only this machine can call.

    Yields:
        The URL where it listens.
    """
    runner = web.AppRunner(
        _application(organization, control_token),
        access_log=None,
        shutdown_timeout=_SECONDS_TO_FINISH,
        max_line_size=_LARGEST_LINE,
        max_field_size=_LARGEST_LINE,
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listener.socket, ssl_context=listener.tls).start()
        async with organization.running():
            yield listener.url
    finally:
        await runner.cleanup()
        listener.socket.close()


def _application(organization: Organization, control_token: str | None) -> web.Application:
    errors = ErrorAnswers(organization.ids)
    faults = ManagementFaults(organization.management_faults, organization.clock, errors)

    @web.middleware
    async def faults_of_okta(request: web.Request, handler: RawHandler) -> web.StreamResponse:
        """The control API, by which faults are called off, has none."""
        return await (handler(request) if request.path.startswith(PREFIX) else faults.middleware(request, handler))

    application = web.Application(middlewares=[faults_of_okta, errors.middleware], client_max_size=LARGEST_BODY)
    application.add_routes(organization.routes())
    application.add_routes(ControlApi(controls_of(organization), control_token).routes())
    return application
