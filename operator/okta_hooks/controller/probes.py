"""What the operator answers to the kubelet and to Prometheus."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from okta_hooks.bad_input import BadInput
from okta_hooks.controller.heartbeat import Heartbeat
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue

_LONGEST_WAIT = timedelta(minutes=5)
"""A key that waits or works longer, beyond its time, is stuck: no reconcile takes more than two minutes."""
_LONGEST_SILENCE = timedelta(seconds=150)
"""kopf begins a silent watch anew after 70 s, so that a longer silence is not cured by itself."""


@dataclass(frozen=True)
class Health:
    """Whether the operator works.

    Args:
        queue: What is to be reconciled.
        heartbeat: What the watch hears.
        is_started: Whether the operator watches.
        is_leading: Whether this replica is the one that reconciles: the queue of another one only fills.
    """

    queue: WorkQueue[WorkKey]
    heartbeat: Heartbeat
    is_started: Callable[[], bool]
    is_leading: Callable[[], bool]

    def illness(self) -> str | None:
        """Why only a new start can help; None while all is well."""
        if not self.is_leading():
            return None  # whoever leads renews the Lease, and only a leader works off the queue
        silence = self.heartbeat.silence()
        if silence > _LONGEST_SILENCE:
            return f"the watch has shown nothing of the operator's own Lease for {silence.total_seconds():.0f} s"
        late = self.queue.overdue(_LONGEST_WAIT)
        if late is not None:
            return f"{late.key} has waited to be reconciled for {late.seconds:.0f} s"
        return None

    def unreadiness(self) -> str | None:
        """Why it is not ready; a replica that stands by is."""
        return None if self.is_started() else "the operator is starting"


@contextlib.asynccontextmanager
async def answered(health: Health, registry: CollectorRegistry, port: int) -> AsyncIterator[int]:
    """Answer on a port of every address while the context lasts; gives the port.

    Raises:
        BadInput: The port is in use, or not allowed.
    """
    runner = web.AppRunner(_application(health, registry), access_log=None, handle_signals=False, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, port=port)
        try:
            await site.start()
        except OSError as error:
            raise BadInput(f"port {port} can't be used ({error.strerror}): choose another --port") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _application(health: Health, registry: CollectorRegistry) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return _answer(health.illness())

    async def readyz(_: web.Request) -> web.Response:
        return _answer(health.unreadiness())

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)
    return application


def _answer(trouble: str | None) -> web.Response:
    return web.Response(status=503 if trouble else 200, text=f"{trouble or 'ok'}\n")
