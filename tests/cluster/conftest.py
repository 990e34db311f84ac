"""What tests against a real Kubernetes share."""

import ssl
import uuid
from collections.abc import Iterator

import pytest

from cluster.store import Store
from cluster.team import Team
from demo import installing
from demo.okta import Okta
from localcluster.cluster import Cluster
from localcluster.controlplane import ControlPlane
from localcluster.kubectl import Kubectl
from okta_simulator.control.client import BlockingControlClient


@pytest.fixture
def namespace(cluster: Cluster) -> Iterator[str]:
    """A namespace of the test's own in the whole cluster."""
    yield from _namespace(cluster.kubectl)


@pytest.fixture
def api_namespace(controlplane: ControlPlane) -> Iterator[str]:
    """A namespace of the test's own in the control plane without nodes."""
    yield from _namespace(controlplane.kubectl)


@pytest.fixture(scope="session")
def organization(cluster: Cluster) -> Iterator[Okta]:
    """A simulated organisation, and the operator: one of each for all tests of the cluster."""
    yield installing.install(cluster)
    installing.uninstall(cluster)


@pytest.fixture
def team(cluster: Cluster, organization: Okta, namespace: str) -> Iterator[Team]:
    reached, files = organization.reached(cluster), organization.folder
    okta = BlockingControlClient(
        reached["OKTA_SIMULATOR_URL"],
        reached["OKTA_SIMULATOR_CONTROL_TOKEN"],
        trust=ssl.create_default_context(cafile=reached["SSL_CERT_FILE"]),
    )
    team = Team(cluster, okta, namespace)
    keys = (f"--from-file=token={files / 'api-token'}", f"--from-file={files / 'ca.crt'}")
    team.kubectl("create", "secret", "generic", "okta", *keys)
    yield team
    team.kubectl("delete", "oktaeventhook", "--all", "--timeout=60s")


@pytest.fixture
def store(team: Team) -> Iterator[Store]:
    """A store of logs in the team's namespace."""
    started = Store(team, password=uuid.uuid4().hex)
    started.start()
    yield started
    team.kubectl("delete", "deployment/store", "--wait=false")


def _namespace(kubectl: Kubectl) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex[:8]}"
    kubectl("create", "namespace", name)
    yield name
    kubectl("delete", "namespace", name, "--wait=false")
