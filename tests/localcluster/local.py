"""A whole cluster of our own on this machine: a control plane and one node in a sandbox."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from localcluster import (
    binaries,
    controlplane,
    debian,
    diagnosis,
    forwarder,
    lifeline,
    node,
    sandbox,
    statefolder,
    trust,
)
from localcluster.cluster import DOMAIN
from localcluster.controlplane import ControlPlane
from localcluster.errors import ClusterError
from localcluster.images import store
from localcluster.kubectl import Kubectl
from localcluster.lifeline import Options
from localcluster.network import NODE_ADDRESS
from localcluster.node import Containers
from localcluster.pki import Authority
from localcluster.processes import Components
from localcluster.sandbox import Sandbox
from localcluster.settings import Endpoints
from localcluster.statefolder import StateFolder

PROGRAMS = (*controlplane.PROGRAMS, *node.PROGRAMS)


@dataclass(frozen=True)
class LocalCluster:
    """See `cluster.Cluster`."""

    folder: StateFolder
    sandbox: Sandbox
    plane: ControlPlane
    containers: Containers
    env: Mapping[str, str]
    """What programs inside find in their environment besides this process's own."""

    domain: str = DOMAIN

    @property
    def name(self) -> str:
        """See `cluster.Cluster`, as for everything below."""
        return self.folder.name

    @property
    def state(self) -> Path:
        return self.folder.path

    @property
    def logs(self) -> Path:
        """The folder with the logs of the cluster's programs."""
        return self.folder.path / "logs"

    @property
    def kubeconfig(self) -> Path:
        return self.plane.kubeconfig

    @property
    def authority(self) -> Authority:
        return self.plane.authority

    @property
    def ca_file(self) -> Path:
        return self.plane.ca_file

    @property
    def audit_log(self) -> Path:
        """What the API server did for whom, a JSON document a line."""
        return self.plane.audit_log

    @property
    def kubectl(self) -> Kubectl:
        return self.plane.kubectl

    def run(
        self, command: Sequence[str | Path], *, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        process = self.popen(
            command,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env or {},
        )
        with process:
            stdout, stderr = process.communicate(stdin)
        if process.returncode:
            said = stderr.strip() or stdout.strip() or f"it ended with code {process.returncode}"
            raise ClusterError(f"{' '.join(map(str, command))}: {said}")
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def popen(self, command: Sequence[str | Path], **options: Unpack[Options]) -> subprocess.Popen[str]:
        options["env"] = {**self.env, **options.get("env", {})}
        return self.sandbox.popen(command, **options)

    def forward(self, host: str, port: int) -> tuple[str, int]:
        return forwarder.start(self.sandbox, host, port)

    def load_image(self, archive: Path) -> None:
        self.containers.load_image(archive)


@contextlib.contextmanager
def start(progress: Callable[[str], None], archives: Sequence[Path]) -> Iterator[LocalCluster]:
    """Start a cluster of one node, ready to run pods of the images in `archives`, the pause image among them.

    Raises:
        ClusterError: it cannot be built or does not start.
    """
    programs = binaries.find_all(PROGRAMS, progress)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(statefolder.create(progress))
        line = stack.enter_context(lifeline.hold(folder))
        place = stack.enter_context(sandbox.create(line, debian.layer(progress)))
        with diagnosis.keep_on_error(folder.path / "logs"):
            cluster = _launch(programs, folder, place, archives, progress)
        yield cluster


def _launch(
    programs: Mapping[str, Path],
    folder: StateFolder,
    place: Sandbox,
    archives: Sequence[Path],
    progress: Callable[[str], None],
) -> LocalCluster:
    # Not entered as a context: the components end at once, with the sandbox.
    components = Components(place, folder.path / "logs")
    entrance = forwarder.start(place, NODE_ADDRESS, 6443)
    endpoints = Endpoints(NODE_ADDRESS, 6443, 2379, 2380, entrance=entrance)
    plane = controlplane.prepare(programs, folder.path, endpoints)
    apiserver = controlplane.launch(programs, plane, components)
    store.lend(store.ensure(archives, progress), folder.path / "containerd")
    containers = node.start_containerd(folder.path, components)
    progress("images are on the node")
    controlplane.wait_until_ready(plane, apiserver)
    progress("the API answers")
    controlplane.start_controllers(programs, plane, components)
    node.join(programs, plane, components)
    progress("the node is ready")
    return LocalCluster(folder, place, plane, containers, _environment(plane, programs))


def _environment(plane: ControlPlane, programs: Mapping[str, Path]) -> dict[str, str]:
    inside = plane.credentials("admin-inside", "admin", "system:masters")
    bundle = str(trust.bundle(plane.folder, plane.ca_file))
    folders = {str(path.parent): None for path in programs.values()}
    return {
        "KUBECONFIG": str(inside),
        "KUBECACHEDIR": str(plane.folder / "kubectl-cache"),
        "SSL_CERT_FILE": bundle,
        "CURL_CA_BUNDLE": bundle,
        "PATH": os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)]),
    }
