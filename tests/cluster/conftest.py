"""What tests against a real Kubernetes share."""

import uuid
from collections.abc import Iterator

import pytest

from localcluster.cluster import Cluster
from localcluster.controlplane import ControlPlane
from localcluster.kubectl import Kubectl


@pytest.fixture
def namespace(cluster: Cluster) -> Iterator[str]:
    """A namespace of the test's own in the whole cluster."""
    yield from _namespace(cluster.kubectl)


@pytest.fixture
def api_namespace(controlplane: ControlPlane) -> Iterator[str]:
    """A namespace of the test's own in the control plane without nodes."""
    yield from _namespace(controlplane.kubectl)


def _namespace(kubectl: Kubectl) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex[:8]}"
    kubectl("create", "namespace", name)
    yield name
    kubectl("delete", "namespace", name, "--wait=false")
