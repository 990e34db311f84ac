"""Pods of receivers and of a dispatcher apart, without nodes: the test plays the kubelet and what answers in them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence

import msgspec
from aiohttp import web
from pydantic import JsonValue

from contract.okta_hooks.controller.pods import DISPATCHER, RECEIVER
from contract.okta_hooks.controller.world import World
from localcluster.controlplane import ControlPlane
from okta_hooks.admin.application import json_response
from okta_hooks.kube.children import metadata
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import POD

RECEIVERS = ("127.77.9.11", "127.77.9.12")
DISPATCHERS = ("127.77.9.13",)
ADDRESSES: Mapping[str, Sequence[str]] = {metadata.RECEIVER: RECEIVERS, metadata.DISPATCHER: DISPATCHERS}


@contextlib.asynccontextmanager
async def answering(*receivers: str) -> AsyncIterator[None]:
    """The admin ports of these receivers, and of the dispatcher, which tell of three events."""
    async with contextlib.AsyncExitStack() as stack:
        for address in receivers:
            await stack.enter_async_context(_telling(address, RECEIVER_ADMIN_PORT, RECEIVER))
        for address in DISPATCHERS:
            await stack.enter_async_context(_telling(address, DISPATCHER_ADMIN_PORT, DISPATCHER))
        yield


async def run_dispatcher(world: World, controlplane: ControlPlane) -> None:
    """Say of its pod that it runs and is ready."""
    await _play(world, controlplane, metadata.DISPATCHER, DISPATCHERS)


async def run_receivers(world: World, controlplane: ControlPlane, *addresses: str) -> None:
    """Say of so many pods that they run and are ready, at these addresses; nothing is said of the others."""
    await _play(world, controlplane, metadata.RECEIVER, addresses)


async def _play(world: World, controlplane: ControlPlane, component: str, addresses: Sequence[str]) -> None:
    async def pods() -> list[str]:
        listed = [Manifest.model_validate(each) for each in await world.api.list(POD, world.namespace)]
        return sorted(pod.metadata.name for pod in listed if _component(pod) == component)

    wanted = len(ADDRESSES[component])
    names = await world.until(lambda names: len(names) == wanted, pods)
    for name, address in zip(names, addresses, strict=False):
        patch = json.dumps({"status": _status(component, address)})
        controlplane.kubectl(
            "patch", "pod", name, f"--namespace={world.namespace}", "--subresource=status", f"--patch={patch}"
        )


def _component(pod: Manifest) -> str | None:
    return pod.metadata.labels.get(metadata.COMPONENT_LABEL)


def _status(container: str, address: str) -> dict[str, JsonValue]:
    running: JsonValue = {
        "name": container,
        "ready": True,
        "restartCount": 0,
        "image": "none",
        "imageID": "none",
        "state": {"running": {}},
    }
    return {
        "phase": "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "conditions": [{"type": "PodScheduled", "status": "True"}, {"type": "Ready", "status": "True"}],
        "containerStatuses": [running],
    }


@contextlib.asynccontextmanager
async def _telling(address: str, port: int, statistics: msgspec.Struct) -> AsyncIterator[None]:
    async def tell(_: web.Request) -> web.Response:
        return json_response(statistics)

    application = web.Application()
    application.router.add_get("/stats", tell)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, address, port).start()
        yield
    finally:
        await runner.cleanup()
