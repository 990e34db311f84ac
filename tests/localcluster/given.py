"""A cluster that the user has, behind the same face as one of ours, as far as that goes."""

import contextlib
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from localcluster import binaries, lifeline, statefolder
from localcluster.cluster import DOMAIN
from localcluster.errors import ClusterError
from localcluster.kubectl import Kubectl
from localcluster.lifeline import Lifeline, Options
from localcluster.pki import Authority
from localcluster.processes import Components

_FORWARD_WITHIN = 20.0
_FORWARDED = re.compile(r"127\.0\.0\.1:(\d+)")
_SERVICE = re.compile(r"^(?P<name>[a-z0-9-]+)\.(?P<namespace>[a-z0-9-]+)\.svc(\.cluster\.local)?$")


@dataclass(frozen=True)
class GivenCluster:
    """See `cluster.Cluster`; programs run on this machine, which may not reach the cluster's own addresses."""

    name: str
    lifeline: Lifeline
    kubectl: Kubectl
    authority: Authority
    image_loader: Callable[[Path], None]

    domain: str = DOMAIN

    @property
    def state(self) -> Path:
        """See `cluster.Cluster`, as for everything below."""
        return self.lifeline.state.path

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def kubeconfig(self) -> Path:
        return self.kubectl.kubeconfig

    @property
    def ca_file(self) -> Path:
        return self.state / "ca.crt"

    def run(
        self, command: Sequence[str | Path], *, stdin: str | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **self.kubectl.env, **(env or {})},
        )
        if done.returncode:
            raise ClusterError(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
        return done

    def popen(self, command: Sequence[str | Path], **options: Unpack[Options]) -> subprocess.Popen[str]:
        options["env"] = {**self.kubectl.env, **options.get("env", {})}
        return self.lifeline.popen(command, **options)

    def forward(self, host: str, port: int) -> tuple[str, int]:
        """Only to Services by name (`<name>.<namespace>.svc`): kubectl can forward to nothing else."""
        service = _SERVICE.match(host)
        if not service:
            raise ClusterError(f"in a given cluster only Services can be reached by name, and {host} names none")
        target = ["--namespace", service["namespace"], f"service/{service['name']}", f":{port}"]
        component = Components(self.lifeline, self.logs).start(
            f"port-forward-{uuid.uuid4().hex[:8]}",
            [self.kubectl.program, f"--kubeconfig={self.kubeconfig}", "port-forward", *target],
        )
        component.wait_until(lambda: _FORWARDED.search(component.log.read_text()) is not None, within=_FORWARD_WITHIN)
        return "127.0.0.1", int(_FORWARDED.findall(component.log.read_text())[0])

    def load_image(self, archive: Path) -> None:
        self.image_loader(archive)


@contextlib.contextmanager
def from_kubeconfig(progress: Callable[[str], None]) -> Iterator[GivenCluster]:
    """The cluster that the environment variable KUBECONFIG names.

    Raises:
        ClusterError: the cluster does not answer.
    """
    path = Path(os.environ["KUBECONFIG"])
    if not path.is_file():
        raise ClusterError(f"KUBECONFIG names {path}, which is no file; name the one of your cluster or unset it")
    with _opened("given", lambda _: path, _refuse_image, progress) as cluster:
        progress(f"using the cluster of {path}; its nodes must have the images that localcluster.images names")
        yield cluster


@contextlib.contextmanager
def from_kind(progress: Callable[[str], None]) -> Iterator[GivenCluster]:
    """A cluster that kind makes in Docker and removes afterwards.

    Raises:
        ClusterError: kind fails.
    """
    name = f"okta-event-hooks-{os.getpid()}"

    def create(state: Path) -> Path:
        kubeconfig = state / "kubeconfig"
        _kind("create", "cluster", "--name", name, "--kubeconfig", str(kubeconfig), "--wait", "120s")
        return kubeconfig

    def load(archive: Path) -> None:
        _kind("load", "image-archive", str(archive), "--name", name)

    progress("starting a cluster with kind")
    try:
        with _opened(name, create, load, progress) as cluster:
            yield cluster
    finally:
        _kind("delete", "cluster", "--name", name)


def has_kind() -> bool:
    """Whether kind is installed and Docker answers."""
    if not (shutil.which("kind") and shutil.which("docker")):
        return False
    return subprocess.run(["docker", "version"], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def _opened(
    name: str,
    kubeconfig: Callable[[Path], Path],
    image_loader: Callable[[Path], None],
    progress: Callable[[str], None],
) -> Iterator[GivenCluster]:
    program = binaries.find("kubectl", progress)
    with statefolder.create(progress) as folder, lifeline.hold(folder) as line:
        kubectl = Kubectl(program, kubeconfig(folder.path), folder.path / "kubectl-cache")
        authority = Authority("local cluster")
        cluster = GivenCluster(name, line, kubectl, authority, image_loader)
        cluster.ca_file.write_bytes(authority.certificate)
        kubectl("get", "nodes", "--request-timeout=10s")
        yield cluster


def _refuse_image(archive: Path) -> None:
    raise ClusterError(f"{archive.name} cannot be brought to the nodes of a given cluster; push it to its registry")


def _kind(*arguments: str) -> None:
    done = subprocess.run(["kind", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClusterError(f"kind {' '.join(arguments)}: {done.stderr.strip()}")
