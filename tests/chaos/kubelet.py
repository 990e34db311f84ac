"""Probes a pod's containers as a kubelet does, and tells Kubernetes."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

import aiohttp

from chaos.pod import Pod
from contract.okta_hooks.controller.pods import play_kubelet
from contract.okta_hooks.controller.world import World
from localcluster.controlplane import ControlPlane

_PERIOD = 1.0
_PROBE_WAITS = aiohttp.ClientTimeout(total=1)


@dataclass(frozen=True)
class Kubelet:
    """Looks after one pod.

    Args:
        world: Where the hook is.
        plane: Its cluster.
        pod: What runs.
        address: The pod's.
    """

    world: World
    plane: ControlPlane
    pod: Pod
    address: str

    async def run(self) -> None:
        """Probe every second, and tell what has changed, until this is cancelled."""
        async with aiohttp.ClientSession(timeout=_PROBE_WAITS) as session:
            told: frozenset[str] | None = None
            while True:
                ready = await self._ready(session)
                if ready != told:
                    await play_kubelet(self.world, self.plane, self.address, ready=ready)
                    told = ready
                await asyncio.sleep(_PERIOD)

    async def _ready(self, session: aiohttp.ClientSession) -> frozenset[str]:
        answers = {name: await self._answers(session, port) for name, port in self.pod.admin_ports.items()}
        return frozenset(name for name, answered in answers.items() if answered)

    async def _answers(self, session: aiohttp.ClientSession, port: int) -> bool:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.get(f"http://{self.address}:{port}/readyz") as answer:
                return answer.ok
        return False
