"""What tests, addons and the demo may ask of a cluster, whoever runs it."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, Unpack

from localcluster.kubectl import Kubectl
from localcluster.lifeline import Options
from localcluster.pki import Authority

DOMAIN = "hooks.test"
"""Names below it are answered by the cluster's own DNS; `.test` never exists elsewhere (RFC 6761)."""


class Cluster(Protocol):
    """A running Kubernetes with at least one node."""

    @property
    def name(self) -> str:
        """Short and unique on this machine."""

    @property
    def state(self) -> Path:
        """A folder for whatever belongs to this cluster; it is removed when the cluster ends."""

    @property
    def logs(self) -> Path:
        """The logs of the programs that the cluster consists of; may be missing."""

    @property
    def kubeconfig(self) -> Path:
        """The administrator's credentials, for programs of this machine."""

    @property
    def authority(self) -> Authority:
        """Who signs the certificates of this cluster's Ingresses and Gateways."""

    @property
    def ca_file(self) -> Path:
        """The authority's certificate as a PEM file."""

    @property
    def domain(self) -> str:
        """The DNS domain whose names lead to this cluster's gateway."""

    @property
    def kubectl(self) -> Kubectl:
        """Runs kubectl as the administrator: `cluster.kubectl("get", "pods")` returns what it printed."""

    def run(
        self, command: Sequence[str | Path], *, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program where the cluster's own names and addresses are reached, until it ends.

        `env` adds to this process's environment.

        Raises:
            ClusterError: the program failed; the message holds what it said.
        """

    def popen(self, command: Sequence[str | Path], **options: Unpack[Options]) -> subprocess.Popen[str]:
        """Start a program as `run` does and leave it running; it ends with the cluster at the latest."""

    def forward(self, host: str, port: int) -> tuple[str, int]:
        """Open a port of this machine's 127.0.0.1 that leads to a host and port as seen inside the cluster."""

    def load_image(self, archive: Path) -> None:
        """Bring the images of an archive (docker or OCI format) to the node."""
