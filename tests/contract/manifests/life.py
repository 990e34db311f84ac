"""Lives of an operator in which everything happens that can without a node."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from contract.manifests.audit import ACCOUNT, GROUPS, NAMESPACE
from contract.okta_hooks.controller.okta import Certificates, answering, issue, listening
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import NAME, SECRET_VALUE, World, is_ready, says
from localcluster import controlplane
from localcluster.addons import gatewayapi
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established
from okta_hooks.kube.api_server import connect
from okta_hooks.kube.objects import Resource
from okta_hooks.kube.resources import DEPLOYMENT, DISRUPTION_BUDGET, HOOK, HTTP_ROUTE, INGRESS
from okta_simulator.options import Endpoints, Options

OVERLAYS = Path(__file__).parents[3] / "manifests" / "overlays"
TEAM = "team"


@contextlib.contextmanager
def installed(overlay: str, progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    """An API of the test's own with an overlay in it: an operator of every namespace would meddle with other tests."""
    with controlplane.start(progress) as plane:
        routes = gatewayapi.definitions(progress) / "gateway.networking.k8s.io_httproutes.yaml"
        plane.kubectl("create", "namespace", TEAM)
        plane.kubectl("apply", "--server-side", "--filename", str(routes))
        plane.kubectl("apply", "--server-side", "--kustomize", str(OVERLAYS / overlay))
        wait_until_established(plane.kubectl)
        yield plane


@dataclass(frozen=True)
class Stage:
    """An operator under its own rights, and the worlds of namespaces.

    Args:
        operator: It.
        certificates: Whom it trusts.
        world: Makes the world of a namespace.
    """

    operator: Operator
    certificates: Certificates
    world: Callable[[str], World]

    async def prepared(self, namespace: str) -> World:
        """The world of a namespace, with the Secrets that objects of it name."""
        world = self.world(namespace)
        await world.apply_secrets(self.certificates)
        return world


@contextlib.asynccontextmanager
async def staged(plane: ControlPlane, folder: Path, arguments: Sequence[str] = ()) -> AsyncIterator[Stage]:
    """An operator that runs with the rights that the manifests give it."""
    certificates = issue(folder)
    options = Options(endpoints=Endpoints(extra_ca_file=str(certificates.authority)))
    rights = plane.credentials("operator", ACCOUNT, *GROUPS)
    given = (f"--namespace={NAMESPACE}", f"--probe-ca={certificates.authority}", *arguments)
    async with (
        connect(plane.kubeconfig) as api,
        answering(options, certificates) as okta,
        listening(SECRET_VALUE, certificates) as endpoint,
        running(rights, folder, given) as operator,
    ):
        yield Stage(operator, certificates, lambda namespace: World(api, namespace, okta, endpoint))


async def with_an_endpoint_of_the_users_own(team: World) -> None:
    """It becomes Ready, and once more, which is told again."""
    await team.apply_hook()
    await team.until_hook(is_ready)
    await team.apply_hook(suspend=True)
    await team.until_hook(lambda hook: says(hook, "Synced", "False", "Suspended"))
    await team.apply_hook()
    await team.until_hook(is_ready)
    await end(team)


async def with_a_receiver(team: World) -> None:
    """It is made, reached in each way, and taken away: at first as the spec says so, then with its hook."""
    host = "hooks.example.com"
    receiver: JsonValue = {"mode": "Managed"}
    generated: JsonValue = {"headerName": "Authorization"}
    ingress: JsonValue = {"ingress": {"host": host}}
    route: JsonValue = {"httpRoute": {"hostname": host, "parentRefs": [{"name": "public"}]}}
    await team.apply_hook(receiver=receiver, auth=generated, exposure=ingress)
    await team.until(bool, lambda: _has(team, INGRESS))
    await team.apply_hook(receiver=receiver, auth=generated, exposure=route)
    await team.until(bool, lambda: _has(team, HTTP_ROUTE))
    await team.until(lambda exists: not exists, lambda: _has(team, INGRESS))
    await team.apply_hook()
    await team.until(lambda exists: not exists, lambda: _has(team, DEPLOYMENT))
    await team.until_hook(is_ready)
    await team.apply_hook(receiver=receiver, auth=generated)
    await team.until(bool, lambda: _has(team, DEPLOYMENT))
    await end(team)


async def with_a_sink(team: World) -> None:
    """One that the namespace's hooks share, with a credential of the namespace."""
    await team.apply_sink()
    await team.apply_hook(receiver={"mode": "Managed"}, auth={}, sinks=[{"name": "siem", "ref": {"name": "siem"}}])
    await team.until_sink(lambda sink: sink.status.hooks == 1)
    await end(team)
    await team.until_sink(lambda sink: sink.status.hooks == 0)


async def with_receivers_of_a_stream(team: World) -> None:
    """Two, which nodes are drained around; then one, which no node waits for."""
    journal: JsonValue = {"jetStream": {"urls": ["nats://nats.messaging.svc:4222"]}}
    await team.apply_hook(receiver={"replicas": 2, "journal": journal}, auth={})
    await team.until(bool, lambda: _has(team, DISRUPTION_BUDGET))
    await team.apply_hook(receiver={"replicas": 1, "journal": journal}, auth={})
    await team.until(lambda exists: not exists, lambda: _has(team, DISRUPTION_BUDGET))
    await end(team)


async def end(team: World) -> None:
    """The hook is deleted, and goes."""
    await team.delete(HOOK, NAME)
    await team.until_gone(HOOK, NAME)


async def _has(team: World, resource: Resource) -> bool:
    """Whether there is such a child."""
    return bool(await team.api.list(resource, team.namespace))
