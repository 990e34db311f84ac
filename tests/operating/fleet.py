"""A real API server, Okta organisations and an endpoint, all on this machine, and an operator between them."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contract.okta_hooks.controller.okta import Certificates, answering, issue, listening
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import SECRET_VALUE, World, is_ready
from localcluster import controlplane
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established
from okta_hooks.kube.api_server import connect
from okta_simulator.options import Endpoints, Options, RateLimits

_CRDS = Path(__file__).parents[2] / "crds"
_OWN_NAMESPACE = "okta-event-hooks"


@dataclass(frozen=True)
class Fleet:
    """Everything that a benchmark of the operator needs.

    Args:
        worlds: A namespace for each organisation.
        operator: The operator; no object names an organisation yet.
        plane: The API server.
        certificates: What organisations and operator trust.
    """

    worlds: tuple[World, ...]
    operator: Operator
    plane: ControlPlane
    certificates: Certificates

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
async def operated(organizations: int, rate_limits: RateLimits | None = None) -> AsyncIterator[Fleet]:
    """Start an operator that serves every namespace, and as many organisations.

    Args:
        organizations: How many.
        rate_limits: Theirs; Okta's where None.
    """
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        plane = stack.enter_context(controlplane.start(_tell))
        await asyncio.to_thread(_install, plane)
        certificates = issue(folder)
        api = await stack.enter_async_context(connect(plane.kubeconfig))
        endpoint = await stack.enter_async_context(listening(SECRET_VALUE, certificates))
        options = Options(
            endpoints=Endpoints(extra_ca_file=str(certificates.authority)), rate_limits=rate_limits or RateLimits()
        )
        worlds = list[World]()
        for namespace in (f"org-{number:02}" for number in range(organizations)):
            await asyncio.to_thread(plane.kubectl, "create", "namespace", namespace)
            okta = await stack.enter_async_context(answering(options, certificates))
            worlds.append(World(api, namespace, okta, endpoint))
            await worlds[-1].apply_secrets(certificates)
        arguments = (f"--namespace={_OWN_NAMESPACE}", f"--probe-ca={certificates.authority}")
        operator = await stack.enter_async_context(running(plane.kubeconfig, folder, arguments))
        yield Fleet(tuple(worlds), operator, plane, certificates)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _install(plane: ControlPlane) -> None:
    plane.kubectl("apply", "--server-side", "-f", str(_CRDS))
    wait_until_established(plane.kubectl)
    plane.kubectl("create", "namespace", _OWN_NAMESPACE)
