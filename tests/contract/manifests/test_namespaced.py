"""An operator of some namespaces, with rights in these and in its own alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract.manifests.audit import Request, requests_of_the_operator
from contract.manifests.life import (
    TEAM,
    installed,
    staged,
    with_a_receiver,
    with_a_sink,
    with_an_endpoint_of_the_users_own,
    with_receivers_of_a_stream,
)
from contract.manifests.rights_contract import RightsContract
from contract.okta_hooks.controller.world import NAME, is_ready
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.resources import HOOK

ROLE = "okta-event-hooks-namespaces"
OPERATOR = "--serviceaccount=okta-event-hooks:okta-event-hooks"
LATER, LEAVING = "later", "leaving"
ARGUMENTS = ("--watch-namespace=team", "--installation-id=team")


@pytest.fixture(scope="module")
def plane(cluster_progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    with installed("namespaced", cluster_progress) as plane:
        yield plane


@pytest.fixture(scope="module")
def requests(plane: ControlPlane, tmp_path_factory: pytest.TempPathFactory) -> tuple[Request, ...]:
    """Everything that such an operator asks for in its life."""
    asyncio.run(_live(plane, tmp_path_factory.mktemp("life")))
    return requests_of_the_operator(plane)


class TestRightsInSomeNamespaces(RightsContract):
    """Its operator serves what its manifests say."""


@pytest.mark.usefixtures("requests")  # what follows asks for what is forbidden
async def test_a_namespace_is_served_as_soon_as_its_binding_is_there(plane: ControlPlane, tmp_path: Path) -> None:
    plane.kubectl("create", "namespace", LATER)
    async with staged(plane, tmp_path, (*ARGUMENTS, f"--watch-namespace={LATER}")) as stage:
        world = await stage.prepared(LATER)
        await world.apply_org()
        await world.apply_hook()
        assert not is_ready(await world.hook())
        _bind(plane, LATER)
        await world.until_hook(is_ready)


@pytest.mark.usefixtures("requests")
async def test_a_hook_whose_namespace_took_the_binding_along_goes_once_the_operator_is_bound_again(
    plane: ControlPlane, tmp_path: Path
) -> None:
    plane.kubectl("create", "namespace", LEAVING)
    _bind(plane, LEAVING)
    async with staged(plane, tmp_path, (*ARGUMENTS, f"--watch-namespace={LEAVING}")) as stage:
        world = await stage.prepared(LEAVING)
        await world.apply_org()
        await world.apply_hook()
        await world.until_hook(is_ready)
        plane.kubectl("delete", "rolebinding", ROLE, f"--namespace={LEAVING}")
        plane.kubectl("delete", "namespace", LEAVING, "--wait=false")
        await world.until(bool, lambda: _is_forbidden(plane))
        assert await world.exists(HOOK, NAME)
        plane.kubectl("create", "clusterrolebinding", "leaving", f"--clusterrole={ROLE}", OPERATOR)
        await world.until_gone()
        plane.kubectl("delete", "clusterrolebinding", "leaving")


def _bind(plane: ControlPlane, namespace: str) -> None:
    plane.kubectl("create", "rolebinding", ROLE, f"--clusterrole={ROLE}", OPERATOR, f"--namespace={namespace}")


async def _is_forbidden(plane: ControlPlane) -> bool:
    """Whether the operator was refused something about the hook."""
    return any(
        request.code == 403 and f"/{LEAVING}/oktaeventhooks/{NAME}" in request.uri
        for request in requests_of_the_operator(plane)
    )


async def _live(plane: ControlPlane, folder: Path) -> None:
    """A life in which everything happens that can without a node and without what the whole cluster shares."""
    async with staged(plane, folder, ARGUMENTS) as stage:
        team = await stage.prepared(TEAM)
        await team.apply_org()
        await with_an_endpoint_of_the_users_own(team)
        await with_a_receiver(team)
        await with_receivers_of_a_stream(team)
        await with_a_sink(team)
        await stage.operator.end()
