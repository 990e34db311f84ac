"""A real API server, the client connected to it, and a namespace for each test."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator

import pytest

from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer, connect


@pytest.fixture
async def api(controlplane: ControlPlane) -> AsyncIterator[ApiServer]:
    async with connect(controlplane.kubeconfig) as connected:
        yield connected


@pytest.fixture
def namespace(controlplane: ControlPlane) -> Iterator[str]:
    name = f"kube-{uuid.uuid4().hex[:12]}"
    controlplane.kubectl("create", "namespace", name)
    yield name
    controlplane.kubectl("delete", "namespace", name, "--wait=false")
