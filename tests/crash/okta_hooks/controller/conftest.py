"""A Kubernetes of these tests' own, whose every namespace the operator works in; each test has a life of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from contract.okta_hooks.controller.okta import Certificates, issue, listening
from contract.okta_hooks.controller.world import SECRET_VALUE
from crash.okta_hooks.controller.life import Life
from crash.okta_hooks.controller.played_pod import playing
from crash.okta_hooks.controller.stage import set_up
from localcluster import controlplane
from localcluster.addons import gatewayapi
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established
from okta_hooks.kube.api_server import ApiServer, connect

_CRDS = Path(__file__).parents[4] / "crds"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def plane(cluster_progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    """With our kinds and HTTPRoutes, and nobody else in it."""
    with controlplane.start(cluster_progress) as plane:
        routes = gatewayapi.definitions(cluster_progress) / "gateway.networking.k8s.io_httproutes.yaml"
        plane.kubectl("apply", "--server-side", "--filename", str(_CRDS), "--filename", str(routes))
        wait_until_established(plane.kubectl)
        yield plane


@pytest.fixture
async def api(plane: ControlPlane) -> AsyncIterator[ApiServer]:
    async with connect(plane.kubeconfig) as connected:
        yield connected


@pytest.fixture
async def life(plane: ControlPlane, api: ApiServer, certificates: Certificates, tmp_path: Path) -> AsyncIterator[Life]:
    """One that has not begun; nothing of it is left for the operators of others."""
    async with (
        listening(SECRET_VALUE, certificates) as here,
        listening(SECRET_VALUE, certificates) as there,
        set_up(plane, api, certificates, here, tmp_path) as stage,
        playing(stage.world) as pod,
    ):
        life = Life(stage, here, there, pod)
        yield life
        await life.end()
