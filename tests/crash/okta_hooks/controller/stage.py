"""An operator that can be killed at every call: between it and its servers stand interposers that know what it says."""

from __future__ import annotations

import contextlib
import ssl
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta, answering
from contract.okta_hooks.controller.world import World
from crash.okta_hooks.controller.calls import kubernetes_call, okta_call
from crash.okta_hooks.controller.interposer import Interposer, Witness
from crash.okta_hooks.controller.killable import Killable
from crash.okta_hooks.controller.trap import Trap
from localcluster import kubeconfig
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer
from okta_simulator.options import Endpoints, Options
from okta_simulator.tls import client_context


@dataclass(frozen=True)
class Stage:
    """What a test has.

    Args:
        world: A namespace with an organisation; `okta.url` leads through an interposer.
        operator: Works in that namespace only.
        trap: Knows its calls.
        certificates: For endpoints.
    """

    world: World
    operator: Killable
    trap: Trap
    certificates: Certificates

    async def apply_org(self) -> None:
        """An organisation that is looked at only when the operator starts, so that no call comes by chance."""
        await self.world.apply_org(caSecretRef={"name": "okta", "key": "ca"}, resyncInterval="1h")


@contextlib.asynccontextmanager
async def set_up(
    controlplane: ControlPlane, api: ApiServer, certificates: Certificates, folder: Path
) -> AsyncIterator[Stage]:
    """Everything but the operator runs."""
    namespace = f"crash-{uuid.uuid4().hex[:12]}"
    controlplane.kubectl("create", "namespace", namespace)
    arguments = (f"--namespace={namespace}", f"--watch-namespace={namespace}", f"--probe-ca={certificates.authority}")
    path = folder / "kubeconfig"
    operator = Killable(path, folder / "operator.log", arguments)
    trap = Trap(operator.strike)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(before_kubernetes(controlplane, certificates, path, trap.witness))
        stack.push_async_callback(operator.kill)
        okta = await stack.enter_async_context(before_okta(certificates, trap.witness))
        world = World(api, namespace, okta, Endpoint("", ""))
        await world.apply_secret("okta", {"token": okta.token, "ca": certificates.authority.read_text()})
        stage = Stage(world, operator, trap, certificates)
        await stage.apply_org()
        yield stage


@contextlib.asynccontextmanager
async def before_okta(certificates: Certificates, witness: Witness) -> AsyncIterator[Okta]:
    """An organisation behind an interposer."""
    options = Options(endpoints=Endpoints(extra_ca_file=str(certificates.authority)))
    async with answering(options, certificates) as okta:
        interposer = Interposer(okta.url, client_context(str(certificates.authority)), okta_call, witness)
        async with interposer.listening(certificates) as url:
            yield replace(okta, url=url)


@contextlib.asynccontextmanager
async def before_kubernetes(
    controlplane: ControlPlane, certificates: Certificates, path: Path, witness: Witness
) -> AsyncIterator[None]:
    """Write a kubeconfig that leads to an interposer before the API server, where everybody is an administrator."""
    administrator = controlplane.authority.issue("crash tests", groups=["system:masters"])
    trust = ssl.create_default_context(cafile=str(controlplane.ca_file))
    trust.load_cert_chain(*administrator.write(path.parent, path.name))
    interposer = Interposer(controlplane.endpoints.outside, trust, kubernetes_call, witness)
    async with interposer.listening(certificates) as url:
        kubeconfig.write(path, server=url, authority=certificates.authority.read_bytes(), client=administrator)
        yield
