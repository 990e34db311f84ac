"""etcd, kube-apiserver and kube-controller-manager: the control plane, alone or as a part of a whole cluster."""

import contextlib
import http.client
import ipaddress
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from localcluster import binaries, kubeconfig, lifeline, statefolder
from localcluster.kubectl import Kubectl
from localcluster.pki import Authority, signing_key, write_private
from localcluster.ports import ReservedPort
from localcluster.processes import Components

PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager", "kubectl")
SERVICE_ADDRESSES = "10.96.0.0/16"
_API_SERVICE_ADDRESS = "10.96.0.1"
_READY_WITHIN = 60.0

# Who did what to which object, without the contents: Secrets stay out of the log.
_AUDIT_POLICY = """\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
"""


@dataclass(frozen=True)
class Endpoints:
    """Where the control plane listens. The ports may be held by `ReservedPort`."""

    address: str
    """The API server's, told to pods as well."""
    api: int
    etcd: int
    etcd_peers: int

    @property
    def server(self) -> str:
        """The API server's URL."""
        return f"https://{self.address}:{self.api}"

    @property
    def is_loopback(self) -> bool:
        """Whether this machine alone reaches the address."""
        return ipaddress.ip_address(self.address).is_loopback


@dataclass(frozen=True)
class ControlPlane:
    """A Kubernetes API that answers, with controllers and without nodes."""

    folder: Path
    endpoints: Endpoints
    authority: Authority
    kubectl: Kubectl

    @property
    def kubeconfig(self) -> Path:
        """The administrator's credentials."""
        return self.kubectl.kubeconfig

    @property
    def ca_file(self) -> Path:
        """Who signed the API server's certificate, as a PEM file."""
        return self.folder / "pki" / "ca.crt"

    @property
    def audit_log(self) -> Path:
        """What the API server did for whom, a JSON document a line."""
        return self.folder / "audit.log"

    def credentials(self, name: str, user: str, *groups: str) -> Path:
        """A kubeconfig for another user, whose rights are what RBAC grants to the name and the groups."""
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
        yield launch(programs, state.path, Endpoints("127.0.0.1", api, etcd, peers), components)


def launch(programs: Mapping[str, Path], folder: Path, endpoints: Endpoints, components: Components) -> ControlPlane:
    """Start the control plane's programs and wait until the API is ready."""
    authority = Authority("local cluster")
    files = _write_files(folder, authority, endpoints)
    admin = kubeconfig.write(
        folder / "admin.kubeconfig",
        server=endpoints.server,
        authority=authority.certificate,
        client=authority.issue("admin", groups=["system:masters"]),
    )
    kubectl = Kubectl(programs["kubectl"], admin, folder / "kubectl-cache")
    plane = ControlPlane(folder, endpoints, authority, kubectl)
    components.start("etcd", etcd_command(programs["etcd"], files, endpoints))
    api = components.start("kube-apiserver", apiserver_command(programs["kube-apiserver"], files, endpoints))
    # It waits for the API by itself.
    components.start(
        "kube-controller-manager",
        controller_manager_command(
            programs["kube-controller-manager"],
            files,
            plane.credentials("kube-controller-manager", "system:kube-controller-manager"),
        ),
    )
    api.wait_until(lambda: _is_ready(endpoints, files), within=_READY_WITHIN)
    return plane


@dataclass(frozen=True)
class Files:
    """Keys, certificates and configuration of the control plane."""

    folder: Path

    def __truediv__(self, name: str) -> Path:
        return self.folder / "pki" / name


def _write_files(folder: Path, authority: Authority, endpoints: Endpoints) -> Files:
    files = Files(folder)
    pki = folder / "pki"
    pki.mkdir()
    (pki / "ca.crt").write_bytes(authority.certificate)
    inside = [_API_SERVICE_ADDRESS, "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"]
    hosts = ["127.0.0.1", endpoints.address, *inside, "kubernetes.default.svc.cluster.local"]
    authority.issue("kube-apiserver", hosts=hosts).write(pki, "apiserver")
    authority.issue("etcd", hosts=["127.0.0.1"]).write(pki, "etcd")
    authority.issue("kube-apiserver-etcd-client").write(pki, "etcd-client")
    authority.issue("kube-apiserver-kubelet-client", groups=["system:masters"]).write(pki, "kubelet-client")
    write_private(pki / "service-accounts.key", signing_key())
    (folder / "audit-policy.yaml").write_text(_AUDIT_POLICY)
    return files


def etcd_command(program: Path, files: Files, endpoints: Endpoints) -> list[str | Path]:
    """The store, with TLS towards its clients; not synced to disk, since nothing here outlives the machine."""
    clients, peers = f"https://127.0.0.1:{endpoints.etcd}", f"http://127.0.0.1:{endpoints.etcd_peers}"
    return [
        program,
        f"--data-dir={files.folder / 'etcd'}",
        "--unsafe-no-fsync",
        "--socket-reuse-port",
        f"--listen-client-urls={clients}",
        f"--advertise-client-urls={clients}",
        f"--listen-peer-urls={peers}",
        f"--initial-advertise-peer-urls={peers}",
        f"--initial-cluster=default={peers}",
        f"--cert-file={files / 'etcd.crt'}",
        f"--key-file={files / 'etcd.key'}",
        "--client-cert-auth",
        f"--trusted-ca-file={files / 'ca.crt'}",
    ]


def apiserver_command(program: Path, files: Files, endpoints: Endpoints) -> list[str | Path]:
    """kube-apiserver with the authorisation, admission and audit that clusters are run with."""
    return [
        program,
        f"--etcd-servers=https://127.0.0.1:{endpoints.etcd}",
        f"--etcd-cafile={files / 'ca.crt'}",
        f"--etcd-certfile={files / 'etcd-client.crt'}",
        f"--etcd-keyfile={files / 'etcd-client.key'}",
        f"--bind-address={endpoints.address}",
        f"--advertise-address={endpoints.address}",
        # A loopback address is none that the `kubernetes` Service may lead to; without pods nobody asks.
        f"--endpoint-reconciler-type={'none' if endpoints.is_loopback else 'lease'}",
        f"--secure-port={endpoints.api}",
        "--permit-port-sharing",
        f"--client-ca-file={files / 'ca.crt'}",
        f"--tls-cert-file={files / 'apiserver.crt'}",
        f"--tls-private-key-file={files / 'apiserver.key'}",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        f"--service-cluster-ip-range={SERVICE_ADDRESSES}",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        f"--service-account-key-file={files / 'service-accounts.key'}",
        f"--service-account-signing-key-file={files / 'service-accounts.key'}",
        f"--kubelet-certificate-authority={files / 'ca.crt'}",
        f"--kubelet-client-certificate={files / 'kubelet-client.crt'}",
        f"--kubelet-client-key={files / 'kubelet-client.key'}",
        "--kubelet-preferred-address-types=InternalIP",
        "--allow-privileged",
        f"--audit-policy-file={files.folder / 'audit-policy.yaml'}",
        f"--audit-log-path={files.folder / 'audit.log'}",
    ]


def controller_manager_command(program: Path, files: Files, credentials: Path) -> list[str | Path]:
    """kube-controller-manager, each controller with a service account of its own."""
    return [
        program,
        f"--kubeconfig={credentials}",
        "--use-service-account-credentials",
        f"--service-account-private-key-file={files / 'service-accounts.key'}",
        f"--root-ca-file={files / 'ca.crt'}",
        f"--service-cluster-ip-range={SERVICE_ADDRESSES}",
        "--leader-elect=false",
        "--secure-port=0",
    ]


def _is_ready(endpoints: Endpoints, files: Files) -> bool:
    context = ssl.create_default_context(cafile=files / "ca.crt")
    context.load_cert_chain(files / "kubelet-client.crt", files / "kubelet-client.key")
    connection = http.client.HTTPSConnection(endpoints.address, endpoints.api, timeout=5, context=context)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
