"""The pod of a receiver, in a cluster without nodes: the test plays the kubelet, and the processes in the pod."""

from __future__ import annotations

import base64
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web
from pydantic import JsonValue

from contract.okta_hooks.controller.world import NAME, World
from okta_hooks.admin.application import json_response
from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.admin.statistics import JournalStatistics, ReceiverStatistics, SecretSeen
from okta_hooks.admin.token import fingerprint
from okta_hooks.api.model import ApiModel
from okta_hooks.kube import errors
from okta_hooks.kube.children import names
from okta_hooks.kube.children.containers import DISPATCHER_ADMIN_PORT, RECEIVER_ADMIN_PORT
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import POD, SECRET

_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class _Secret(ApiModel):
    data: dict[str, str]


@dataclass(frozen=True)
class PlayedPod:
    """A pod whose processes read their Secrets whenever they are asked.

    Args:
        world: Where it is.
        address: Where its processes answer the operator.
    """

    world: World
    address: str

    async def accepted(self) -> dict[str, str]:
        """The secrets that it accepts from Okta, by `current` and `previous`; none where there is no Secret."""
        return await self._secret(names.hook_secret(NAME))

    async def become_ready(self) -> None:
        """Let the kubelet say that it runs, once it exists."""
        (pod,) = await self.world.until(
            lambda pods: len(pods) == 1, lambda: self.world.api.list(POD, self.world.namespace)
        )
        metadata = Manifest.model_validate(pod).metadata
        containers: list[JsonValue] = [
            {
                "name": name,
                "ready": True,
                "restartCount": 0,
                "image": "none",
                "imageID": "none",
                "state": {"running": {}},
            }
            for name in ("receiver", "dispatcher")
        ]
        await self.world.api.apply_status(
            POD,
            {
                "apiVersion": POD.api_version,
                "kind": POD.kind,
                "metadata": {
                    "name": metadata.name,
                    "namespace": metadata.namespace,
                    "resourceVersion": metadata.resource_version,
                },
                "status": {
                    "phase": "Running",
                    "podIP": self.address,
                    "podIPs": [{"ip": self.address}],
                    "conditions": [{"type": "PodScheduled", "status": "True"}, {"type": "Ready", "status": "True"}],
                    "containerStatuses": containers,
                },
            },
        )

    async def tell_of_receiver(self, _: web.Request) -> web.Response:
        """What a receiver answers on its admin port."""
        token = (await self._secret(names.admin(NAME)))[names.TOKEN_KEY].encode()
        accepted = await self.accepted()
        roles = {"current": accepted.get(names.CURRENT_KEY), "previous": accepted.get(names.PREVIOUS_KEY)}
        return json_response(
            ReceiverStatistics(
                started_at=_NOW,
                requests={},
                events={},
                event_bytes=0,
                last_event_at=None,
                hook_ids={},
                secrets=tuple(
                    SecretSeen("current" if role == "current" else "previous", fingerprint(value.encode(), token=token))
                    for role, value in roles.items()
                    if value
                ),
                rotation_pending=False,
                journal=JournalStatistics(0, 1, ""),
            )
        )

    async def tell_of_dispatcher(self, _: web.Request) -> web.Response:
        """What a dispatcher answers on its admin port."""
        return json_response(DispatcherStatistics(started_at=_NOW, observed_at=_NOW, unique={}, last_event_at=None))

    async def _secret(self, name: str) -> dict[str, str]:
        with contextlib.suppress(errors.NotFound):
            found = _Secret.model_validate(await self.world.api.get(SECRET, self.world.key(name)))
            return {key: base64.b64decode(value).decode() for key, value in found.data.items()}
        return {}


@contextlib.asynccontextmanager
async def playing(world: World) -> AsyncIterator[PlayedPod]:
    """Answer for a pod, at an address of this machine that no other pod has."""
    numbers = random.SystemRandom()
    pod = PlayedPod(world, f"127.{numbers.randrange(1, 255)}.{numbers.randrange(1, 255)}.{numbers.randrange(1, 255)}")
    async with contextlib.AsyncExitStack() as stack:
        for port, tell in (
            (RECEIVER_ADMIN_PORT, pod.tell_of_receiver),
            (DISPATCHER_ADMIN_PORT, pod.tell_of_dispatcher),
        ):
            application = web.Application()
            application.router.add_get("/stats", tell)
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, pod.address, port).start()
        yield pod
