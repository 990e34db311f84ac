"""The operator's roles, held against what the API server's audit log says of an operator's whole life under them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import JsonValue

from contract.manifests.audit import NAMESPACE, Request, requests_of_the_operator
from contract.manifests.life import (
    TEAM,
    end,
    installed,
    staged,
    with_a_receiver,
    with_a_sink,
    with_an_endpoint_of_the_users_own,
    with_receivers_of_a_stream,
)
from contract.manifests.rights_contract import RightsContract
from contract.okta_hooks.controller.world import World, is_ready
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.resources import CLUSTER_ORG, CLUSTER_SINK, ORG
from samples.kube import within

METADATA_NAME = "kubernetes.io/metadata.name"
"""A label that every namespace has."""


@pytest.fixture(scope="module")
def plane(cluster_progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    with installed("test", cluster_progress) as plane:
        yield plane


@pytest.fixture(scope="module")
def requests(plane: ControlPlane, tmp_path_factory: pytest.TempPathFactory) -> tuple[Request, ...]:
    """Everything that an operator asks for in its life."""
    asyncio.run(_live(plane, tmp_path_factory.mktemp("life")))
    return requests_of_the_operator(plane)


class TestRightsInTheWholeCluster(RightsContract):
    """Its operator serves what its manifests say."""


async def _live(plane: ControlPlane, folder: Path) -> None:
    """A life in which everything happens that can without a node."""
    async with staged(plane, folder) as stage:
        await stage.prepared(NAMESPACE)
        team = await stage.prepared(TEAM)
        await team.apply_org()
        await with_an_endpoint_of_the_users_own(team)
        await _with_an_organisation_for_all(team)
        await with_a_receiver(team)
        await with_receivers_of_a_stream(team)
        await with_a_sink(team)
        await _with_a_sink_for_all(team)
        await stage.operator.end()


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
    await end(team)


async def _with_a_sink_for_all(team: World) -> None:
    """One with Secrets in the operator's own namespace, for the namespaces with a label."""
    selector: JsonValue = {"matchLabels": {METADATA_NAME: team.namespace}}
    await team.apply_sink("shared", CLUSTER_SINK, namespaceSelector=selector)
    shared: JsonValue = {"name": "siem", "ref": {"kind": CLUSTER_SINK.kind, "name": "shared"}}
    await team.apply_hook(receiver={"mode": "Managed"}, auth={}, sinks=[shared])
    await team.until_sink(lambda sink: sink.status.hooks == 1, "shared", CLUSTER_SINK)
    await end(team)
