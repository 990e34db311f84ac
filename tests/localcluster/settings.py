"""Where a control plane listens and which files it reads."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from localcluster.network import API_SERVICE_ADDRESS
from localcluster.pki import Authority, signing_key, write_private

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
    entrance: tuple[str, int]
    """Where this process reaches the API server; another address than pods see if that is in a sandbox."""

    @property
    def server(self) -> str:
        """The API server's URL beside it."""
        return f"https://{self.address}:{self.api}"

    @property
    def outside(self) -> str:
        """The API server's URL for this process."""
        return "https://{}:{}".format(*self.entrance)

    @property
    def is_loopback(self) -> bool:
        """Whether the address is one that nobody but its own machine reaches."""
        return ipaddress.ip_address(self.address).is_loopback


@dataclass(frozen=True)
class Files:
    """Keys, certificates and configuration of the control plane; `files / "ca.crt"` is one of the former."""

    folder: Path

    def __truediv__(self, name: str) -> Path:
        return self.folder / "pki" / name

    @property
    def audit_policy(self) -> Path:
        """What the audit log holds."""
        return self.folder / "audit-policy.yaml"

    @property
    def audit_log(self) -> Path:
        """What the API server did for whom, a JSON document a line."""
        return self.folder / "audit.log"

    def write(self, authority: Authority, endpoints: Endpoints) -> None:
        """Make them all."""
        pki = self.folder / "pki"
        pki.mkdir()
        (pki / "ca.crt").write_bytes(authority.certificate)
        inside = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"]
        addresses = ["127.0.0.1", endpoints.address, API_SERVICE_ADDRESS]
        hosts = [*addresses, *inside, "kubernetes.default.svc.cluster.local"]
        authority.issue("kube-apiserver", hosts=hosts).write(pki, "apiserver")
        authority.issue("etcd", hosts=["127.0.0.1"]).write(pki, "etcd")
        authority.issue("kube-apiserver-etcd-client").write(pki, "etcd-client")
        authority.issue("kube-apiserver-kubelet-client", groups=["system:masters"]).write(pki, "kubelet-client")
        write_private(pki / "service-accounts.key", signing_key())
        self.audit_policy.write_text(_AUDIT_POLICY)
