"""The operator's roles, held against what the API server's audit log says of an operator's whole life under them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.okta import answering, issue, listening
from contract.okta_hooks.controller.operators import running
from contract.okta_hooks.controller.world import NAME, SECRET_VALUE, World, is_ready, says
from localcluster import controlplane
from localcluster.addons import gatewayapi
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import connect
from okta_hooks.kube.objects import Resource
from okta_hooks.kube.resources import CLUSTER_ORG, DEPLOYMENT, HOOK, HTTP_ROUTE, INGRESS, ORG
from okta_simulator.options import Endpoints, Options
from samples.kube import within

OVERLAY = Path(__file__).parents[3] / "manifests" / "overlays" / "test"
NAMESPACE = "okta-event-hooks"
ACCOUNT = f"system:serviceaccount:{NAMESPACE}:okta-event-hooks"
GROUPS = ("system:serviceaccounts", f"system:serviceaccounts:{NAMESPACE}")

METADATA_NAME = "kubernetes.io/metadata.name"
"""A label that every namespace has."""

NEVER_ASKED = {
    (
        "update",
        "oktaeventhooks/finalizers.oktahooks.dev",
    ): "looked up by an admission plugin, not asked for in a request",
}
"""Rights that no request shows, and why."""

Right = tuple[str, str]
"""A verb, and what it is done with, written as `oktaeventhooks/status.oktahooks.dev`."""


@dataclass(frozen=True)
class Request:
    """What the operator asked of the API server.

    Args:
        right: The right that it needs.
        code: The status of the answer.
        uri: What was asked for, for people.
    """

    right: Right
    code: int
    uri: str

    def rights(self) -> Iterator[Right]:
        """What it makes use of: applying what does not exist needs the right to create it, too."""
        verb, kind = self.right
        yield self.right
        if (verb, self.code) == ("patch", 201):
            yield "create", kind


@pytest.fixture(scope="module")
def plane(cluster_progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    """An API of the test's own: an operator of every namespace would meddle with other tests."""
    with controlplane.start(cluster_progress) as plane:
        routes = gatewayapi.definitions(cluster_progress) / "gateway.networking.k8s.io_httproutes.yaml"
        plane.kubectl("apply", "--server-side", "--filename", str(routes))
        plane.kubectl("apply", "--server-side", "--kustomize", str(OVERLAY))
        plane.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s")
        plane.kubectl("create", "namespace", "team")
        yield plane


@pytest.fixture(scope="module")
def requests(plane: ControlPlane, tmp_path_factory: pytest.TempPathFactory) -> tuple[Request, ...]:
    """Everything that an operator asks for in its life."""
    asyncio.run(_live(plane, tmp_path_factory.mktemp("life")))
    entries = [json.loads(line) for line in plane.audit_log.read_text().splitlines()]
    return tuple(
        Request((entry["verb"], _kind(entry.get("objectRef"))), entry["responseStatus"]["code"], entry["requestURI"])
        for entry in entries
        if entry["user"]["username"] == ACCOUNT
    )


def test_nothing_is_asked_for_that_is_forbidden(requests: tuple[Request, ...]) -> None:
    assert [request for request in requests if request.code == 403] == []


def test_no_verb_is_allowed_that_is_never_used(plane: ControlPlane, requests: tuple[Request, ...]) -> None:
    used = {right for request in requests for right in request.rights()}
    assert _allowed(plane) - used == NEVER_ASKED.keys()


def _kind(reference: dict[str, str] | None) -> str:
    """What a request is about; nothing where it asks which kinds there are."""
    if reference is None:
        return ""
    named = "/".join(filter(None, (reference["resource"], reference.get("subresource"))))
    return ".".join(filter(None, (named, reference.get("apiGroup"))))


def _allowed(plane: ControlPlane) -> set[Right]:
    """The verbs of the roles that are bound to the operator."""
    roles = [
        *(
            plane.kubectl("get", "clusterrole", f"okta-event-hooks-{each}", "--output=json")
            for each in ("cluster", "namespaces")
        ),
        plane.kubectl("get", "role", "okta-event-hooks", "--namespace", NAMESPACE, "--output=json"),
    ]
    return {
        (verb, ".".join(filter(None, (resource, group))))
        for role in roles
        for rule in json.loads(role)["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


async def _live(plane: ControlPlane, folder: Path) -> None:
    """A life in which everything happens that can without a node."""
    certificates = issue(folder)
    options = Options(endpoints=Endpoints(extra_ca_file=str(certificates.authority)))
    rights = plane.credentials("operator", ACCOUNT, *GROUPS)
    arguments = (f"--namespace={NAMESPACE}", f"--probe-ca={certificates.authority}")
    async with (
        connect(plane.kubeconfig) as api,
        answering(options, certificates) as okta,
        listening(SECRET_VALUE, certificates) as endpoint,
        running(rights, folder, arguments) as operator,
    ):
        own, team = (World(api, namespace, okta, endpoint) for namespace in (NAMESPACE, "team"))
        for world in (own, team):
            await world.apply_secrets(certificates)
        await team.apply_org()
        await _with_an_endpoint_of_the_users_own(team)
        await _with_an_organisation_for_all(team)
        await _with_a_receiver(team)
        await operator.end()


async def _with_an_endpoint_of_the_users_own(team: World) -> None:
    """It becomes Ready, and once more, which is told again."""
    await team.apply_hook()
    await team.until_hook(is_ready)
    await team.apply_hook(suspend=True)
    await team.until_hook(lambda hook: says(hook, "Synced", "False", "Suspended"))
    await team.apply_hook()
    await team.until_hook(is_ready)
    await _end(team)


async def _with_an_organisation_for_all(team: World) -> None:
    """One with Secrets in the operator's own namespace, for the namespaces with a label."""
    spec = within(await team.api.get(ORG, team.key("default")), "spec")
    assert isinstance(spec, dict)
    await team.api.apply(
        CLUSTER_ORG,
        {
            "apiVersion": CLUSTER_ORG.api_version,
            "kind": CLUSTER_ORG.kind,
            "metadata": {"name": "shared"},
            "spec": {**spec, "namespaceSelector": {"matchLabels": {METADATA_NAME: team.namespace}}},
        },
    )
    await team.apply_hook(orgRef={"kind": "ClusterOktaOrg", "name": "shared"})
    await team.until_hook(is_ready)
    await _end(team)


async def _with_a_receiver(team: World) -> None:
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
    await _end(team)


async def _has(team: World, resource: Resource) -> bool:
    """Whether there is such a child."""
    return bool(await team.api.list(resource, team.namespace))


async def _end(team: World) -> None:
    await team.delete(HOOK, NAME)
    await team.until_gone(HOOK, NAME)
