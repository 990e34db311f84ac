"""etcd, kube-apiserver and the controllers: the control plane, alone or as a part of a whole cluster."""

import contextlib
import http.client
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from localcluster import binaries, commands, diagnosis, kubeconfig, lifeline, statefolder
from localcluster.kubectl import Kubectl
from localcluster.pki import Authority
from localcluster.ports import ReservedPort
from localcluster.processes import Component, Components
from localcluster.settings import Endpoints, Files

PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager", "kubectl")
_READY_WITHIN = 60.0


@dataclass(frozen=True)
class ControlPlane:
    """A Kubernetes API and its controllers, with or without nodes."""

    folder: Path
    endpoints: Endpoints
    authority: Authority
    kubectl: Kubectl

    @property
    def logs(self) -> Path:
        """The folder with the logs of the programs."""
        return self.folder / "logs"

    @property
    def kubeconfig(self) -> Path:
        """The administrator's credentials."""
        return self.kubectl.kubeconfig

    @property
    def files(self) -> Files:
        """The control plane's own files."""
        return Files(self.folder)

    @property
    def ca_file(self) -> Path:
        """Who signed the API server's certificate, as a PEM file."""
        return self.files / "ca.crt"

    @property
    def audit_log(self) -> Path:
        """What the API server did for whom, a JSON document a line."""
        return self.files.audit_log

    def credentials(self, name: str, user: str, *groups: str) -> Path:
        """A kubeconfig for another user beside the API server; RBAC says what the name and groups may do."""
        return kubeconfig.write(
            self.folder / f"{name}.kubeconfig",
            server=self.endpoints.server,
            authority=self.authority.certificate,
            client=self.authority.issue(user, groups=groups),
        )


@contextlib.contextmanager
def start(progress: Callable[[str], None]) -> Iterator[ControlPlane]:
    """A control plane of this process's own on free ports of 127.0.0.1; needs no root.

    Raises:
        ClusterError: it cannot be built or does not start.
    """
    programs = binaries.find_all(PROGRAMS, progress)
    with contextlib.ExitStack() as stack:
        state = stack.enter_context(statefolder.create(progress))
        api, etcd, peers = (stack.enter_context(ReservedPort()).number for _ in range(3))
        runner = stack.enter_context(lifeline.hold(state))
        components = stack.enter_context(Components(runner, state.path / "logs"))
        endpoints = Endpoints("127.0.0.1", api, etcd, peers, entrance=("127.0.0.1", api))
        plane = prepare(programs, state.path, endpoints)
        with diagnosis.keep_on_error(state.path / "logs"):
            wait_until_ready(plane, launch(programs, plane, components))
            start_controllers(programs, plane, components)
        yield plane


def prepare(programs: Mapping[str, Path], folder: Path, endpoints: Endpoints) -> ControlPlane:
    """Write everything that a control plane reads."""
    authority = Authority("local cluster")
    Files(folder).write(authority, endpoints)
    admin = kubeconfig.write(
        folder / "admin.kubeconfig",
        server=endpoints.outside,
        authority=authority.certificate,
        client=authority.issue("admin", groups=["system:masters"]),
    )
    kubectl = Kubectl(programs["kubectl"], admin, folder / "kubectl-cache")
    return ControlPlane(folder, endpoints, authority, kubectl)


def launch(programs: Mapping[str, Path], plane: ControlPlane, components: Components) -> Component:
    """Start etcd and the API server, and return the latter."""
    files, endpoints = plane.files, plane.endpoints
    components.start("etcd", commands.etcd(programs["etcd"], files, endpoints))
    return components.start("kube-apiserver", commands.apiserver(programs["kube-apiserver"], files, endpoints))


def wait_until_ready(plane: ControlPlane, apiserver: Component) -> None:
    """Return when the API server says that it is ready."""
    apiserver.wait_until(lambda: _is_ready(plane), within=_READY_WITHIN)


def start_controllers(programs: Mapping[str, Path], plane: ControlPlane, components: Components) -> None:
    """Start kube-controller-manager, and return when objects can be made in the namespace `default`.

    It gives up when it finds no API within 10 s, so it comes after it.
    """
    name = "kube-controller-manager"
    credentials = plane.credentials(name, f"system:{name}")
    manager = components.start(name, commands.controller_manager(programs[name], plane.files, credentials))
    manager.wait_until(lambda: _has_service_account(plane), within=_READY_WITHIN)


def _has_service_account(plane: ControlPlane) -> bool:
    return bool(plane.kubectl("get", "serviceaccount", "default", "--ignore-not-found"))


def _is_ready(plane: ControlPlane) -> bool:
    context = ssl.create_default_context(cafile=plane.ca_file)
    context.load_cert_chain(plane.files / "kubelet-client.crt", plane.files / "kubelet-client.key")
    connection = http.client.HTTPSConnection(*plane.endpoints.entrance, timeout=5, context=context)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
