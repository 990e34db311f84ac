"""An operator as a process of its own, between a real API server and an organisation over TLS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contract.okta_hooks.controller.namespaces import fresh
from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta, answering, issue, listening
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import SECRET_VALUE, World
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer, connect
from okta_simulator.options import Endpoints, Options


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def okta_options(certificates: Certificates) -> Options:
    """What is chosen of the organisation: define a fixture of this name to choose something else."""
    return Options(endpoints=Endpoints(extra_ca_file=str(certificates.authority)))


@pytest.fixture
async def okta(okta_options: Options, certificates: Certificates) -> AsyncIterator[Okta]:
    async with answering(okta_options, certificates) as okta:
        yield okta


@pytest.fixture
async def endpoint(certificates: Certificates) -> AsyncIterator[Endpoint]:
    async with listening(SECRET_VALUE, certificates) as endpoint:
        yield endpoint


@pytest.fixture
async def api(kinds: ControlPlane) -> AsyncIterator[ApiServer]:
    async with connect(kinds.kubeconfig) as connected:
        yield connected


@pytest.fixture
async def namespace(kinds: ControlPlane, api: ApiServer) -> AsyncIterator[str]:
    async with fresh(kinds, api) as name:
        yield name


@pytest.fixture
async def world(api: ApiServer, namespace: str, okta: Okta, endpoint: Endpoint, certificates: Certificates) -> World:
    """A namespace with the Secrets that a hook and its organisation need."""
    world = World(api, namespace, okta, endpoint)
    await world.apply_secrets(certificates)
    return world


@pytest.fixture
def arguments(namespace: str, certificates: Certificates) -> tuple[str, ...]:
    """How the operator is started: define a fixture of this name to start it otherwise."""
    return (f"--namespace={namespace}", f"--watch-namespace={namespace}", f"--probe-ca={certificates.authority}")


@pytest.fixture
async def operator(kinds: ControlPlane, tmp_path: Path, arguments: tuple[str, ...]) -> AsyncIterator[Operator]:
    async with running(kinds.kubeconfig, tmp_path, arguments) as operator:
        yield operator
