"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established

pytest_plugins = ["localcluster.pytest_plugin", "servers.pytest_plugin", "prometheus.pytest_plugin"]

# How long an example takes says something about the machine, nothing about the code.
settings.register_profile("project", deadline=None, print_blob=True)
settings.load_profile("project")

_CRDS = Path(__file__).parents[1] / "crds"


@pytest.fixture(scope="session")
def kinds(controlplane: ControlPlane) -> ControlPlane:
    """The session's control plane, serving our kinds; nobody takes them away, since others use them."""
    controlplane.kubectl("apply", "--server-side", "--filename", str(_CRDS))
    wait_until_established(controlplane.kubectl)
    return controlplane
