"""A real API server, Okta organisations and an endpoint, all on this machine, and an operator between them."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contract.okta_hooks.controller.okta import Certificates, Endpoint, answering, issue, listening
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import SECRET_VALUE, World, is_ready
from localcluster import controlplane
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established
from okta_hooks.kube.api_server import ApiServer, connect
from okta_simulator.options import Endpoints, Options

_CRDS = Path(__file__).parents[2] / "crds"
_OWN_NAMESPACE = "okta-event-hooks"


@dataclass(frozen=True)
class Fleet:
    """Everything that a benchmark of the operator needs.

    Args:
        worlds: A namespace for each organisation.
        operator: The operator; no object names an organisation yet.
    """

    worlds: tuple[World, ...]
    operator: Operator

    async def apply(self, hooks: Sequence[int], resync: str) -> None:
        """Apply so many hooks for each organisation, and wait until all are Ready.

        Args:
            hooks: How many each has.
            resync: The organisations' resyncInterval.
        """
        for world, count in zip(self.worlds, hooks, strict=True):
            await world.apply_org(resyncInterval=resync)
            for number in range(count):
                await world.apply_hook(f"hook-{number:02}")
        for world, count in zip(self.worlds, hooks, strict=True):
            for number in range(count):
                await world.until_hook(is_ready, f"hook-{number:02}")


@contextlib.asynccontextmanager
async def operated(organizations: int) -> AsyncIterator[Fleet]:
    """Start an operator that serves every namespace, and as many organisations."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        plane = stack.enter_context(controlplane.start(_tell))
        await asyncio.to_thread(_install, plane)
        certificates = issue(folder)
        api = await stack.enter_async_context(connect(plane.kubeconfig))
        endpoint = await stack.enter_async_context(listening(SECRET_VALUE, certificates))
        worlds = [
            await stack.enter_async_context(_world(plane, api, f"org-{number:02}", endpoint, certificates))
            for number in range(organizations)
        ]
        arguments = (f"--namespace={_OWN_NAMESPACE}", f"--probe-ca={certificates.authority}")
        operator = await stack.enter_async_context(running(plane.kubeconfig, folder, arguments))
        yield Fleet(tuple(worlds), operator)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _install(plane: ControlPlane) -> None:
    plane.kubectl("apply", "--server-side", "-f", str(_CRDS))
    wait_until_established(plane.kubectl)
    plane.kubectl("create", "namespace", _OWN_NAMESPACE)


@contextlib.asynccontextmanager
async def _world(
    plane: ControlPlane, api: ApiServer, namespace: str, endpoint: Endpoint, certificates: Certificates
) -> AsyncIterator[World]:
    options = Options(endpoints=Endpoints(extra_ca_file=str(certificates.authority)))
    await asyncio.to_thread(plane.kubectl, "create", "namespace", namespace)
    async with answering(options, certificates) as okta:
        world = World(api, namespace, okta, endpoint)
        await world.apply_secrets(certificates)
        yield world
