"""Pods without nodes: the test plays the kubelet, and the processes that answer on their admin ports."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec
from aiohttp import web
from pydantic import JsonValue

from contract.okta_hooks.controller.world import World
from localcluster.controlplane import ControlPlane
from okta_hooks.admin.application import json_response
from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.admin.statistics import JournalStatistics, ReceiverStatistics
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.objects import JsonObject, Manifest
from okta_hooks.kube.resources import POD

POD_ADDRESS = "127.77.9.1"
NOW = datetime.now(UTC)
RECEIVER = ReceiverStatistics(
    started_at=NOW,
    requests={},
    events={"hook": 3},
    event_bytes=3,
    last_event_at=NOW,
    hook_ids={},
    secrets=(),
    rotation_pending=False,
    journal=JournalStatistics(0, 1, ""),
)
DISPATCHER = DispatcherStatistics(started_at=NOW, observed_at=NOW, unique={"hook": 3}, last_event_at=NOW)


def _telling(statistics: msgspec.Struct) -> web.Application:
    async def tell(_: web.Request) -> web.Response:
        return json_response(statistics)

    application = web.Application()
    application.router.add_get("/stats", tell)
    return application


@contextlib.asynccontextmanager
async def answering_pod(dispatcher: DispatcherStatistics = DISPATCHER) -> AsyncIterator[None]:
    """The admin ports of a pod, which tell of three events unless they are told otherwise."""
    async with contextlib.AsyncExitStack() as stack:
        for port, statistics in ((RECEIVER_ADMIN_PORT, RECEIVER), (DISPATCHER_ADMIN_PORT, dispatcher)):
            runner = web.AppRunner(_telling(statistics), access_log=None, shutdown_timeout=1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, POD_ADDRESS, port).start()
        yield


CONTAINERS = frozenset({"receiver", "dispatcher"})


async def play_kubelet(
    world: World, controlplane: ControlPlane, address: str = POD_ADDRESS, *, ready: frozenset[str] = CONTAINERS
) -> None:
    """Say of the pod that it runs, at an address where the test answers for it, and which containers are ready."""
    pods = await world.until(lambda pods: len(pods) == 1, lambda: world.api.list(POD, world.namespace))
    containers: list[JsonValue] = [
        {
            "name": name,
            "ready": name in ready,
            "restartCount": 0,
            "image": "none",
            "imageID": "none",
            "state": {"running": {}},
        }
        for name in sorted(CONTAINERS)
    ]
    status: JsonObject = {
        "phase": "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "conditions": [
            {"type": "PodScheduled", "status": "True"},
            {"type": "Ready", "status": str(ready == CONTAINERS)},
        ],
        "containerStatuses": containers,
    }
    name = Manifest.model_validate(pods[0]).metadata.name
    patch = json.dumps({"status": status})
    controlplane.kubectl(
        "patch", "pod", name, f"--namespace={world.namespace}", "--subresource=status", f"--patch={patch}"
    )
