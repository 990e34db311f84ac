"""An operator that can be killed at every call: between it and its servers stand interposers that know what it says."""

from __future__ import annotations

import contextlib
import ssl
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta
from contract.okta_hooks.controller.world import World
from crash.okta_hooks.controller.calls import kubernetes_call, okta_call
from crash.okta_hooks.controller.interposer import Interposer, Witness
from crash.okta_hooks.controller.killable import Killable
from crash.okta_hooks.controller.trap import Trap
from localcluster import kubeconfig
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.resources import NAMESPACE
from okta_simulator.options import Endpoints, Options
from okta_simulator.organization import Organization
from okta_simulator.server import listen, serve
from okta_simulator.tls import client_context, server_context

_GIVE_UP = "--give-up-minutes=0.02"
"""Hooks are not waited for long where Okta is down, as in one phase it is."""


@dataclass(frozen=True)
class Stage:
    """What a test has.

    Args:
        world: A namespace, and an organisation that is reached through an interposer.
        operator: Works in the whole cluster, and lives in that namespace; not started.
        trap: Knows its calls.
    """

    world: World
    operator: Killable
    trap: Trap


@contextlib.asynccontextmanager
async def set_up(
    plane: ControlPlane, api: ApiServer, certificates: Certificates, endpoint: Endpoint, folder: Path
) -> AsyncIterator[Stage]:
    """Everything but the operator runs."""
    namespace = await make_namespace(api)
    arguments = (f"--namespace={namespace}", f"--probe-ca={certificates.authority}", _GIVE_UP)
    path = folder / "kubeconfig"
    operator = Killable(path, folder / "operator.log", arguments)
    trap = Trap(operator.strike)
    async with (
        before_kubernetes(plane, certificates, path, trap.witness),
        before_okta(certificates, trap.witness) as okta,
    ):
        world = World(api, namespace, okta, endpoint)
        await world.apply_secrets(certificates)
        try:
            yield Stage(world, operator, trap)
        finally:
            await operator.kill()


async def make_namespace(api: ApiServer) -> str:
    """One of a life's own."""
    name = f"crash-{uuid.uuid4().hex[:12]}"
    await api.create(
        NAMESPACE, {"apiVersion": NAMESPACE.api_version, "kind": NAMESPACE.kind, "metadata": {"name": name}}
    )
    return name


@contextlib.asynccontextmanager
async def before_okta(certificates: Certificates, witness: Witness) -> AsyncIterator[Okta]:
    """An organisation behind an interposer, under whose address it knows itself: access tokens are bound to it."""
    trust = client_context(str(certificates.authority))
    listener = listen(tls=server_context(certificates.certificate, certificates.key))
    interposer = Interposer(listener.url, trust, okta_call, witness)
    options = Options(endpoints=Endpoints(extra_ca_file=str(certificates.authority)))
    async with interposer.listening(certificates) as url:
        organization = Organization(options, url=url)
        async with serve(organization, listener):
            yield Okta(organization, url, organization.api_token())


@contextlib.asynccontextmanager
async def before_kubernetes(
    plane: ControlPlane, certificates: Certificates, path: Path, witness: Witness
) -> AsyncIterator[None]:
    """Write a kubeconfig that leads to an interposer before the API server, where everybody is an administrator."""
    administrator = plane.authority.issue("crash tests", groups=["system:masters"])
    trust = ssl.create_default_context(cafile=str(plane.ca_file))
    trust.load_cert_chain(*administrator.write(path.parent, path.name))
    interposer = Interposer(plane.endpoints.outside, trust, kubernetes_call, witness)
    async with interposer.listening(certificates) as url:
        kubeconfig.write(path, server=url, authority=certificates.authority.read_bytes(), client=administrator)
        yield
