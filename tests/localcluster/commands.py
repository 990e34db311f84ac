"""How each program of the cluster is called: data in, argument list out."""

from pathlib import Path

from localcluster.network import NODE, NODE_ADDRESS, POD_ADDRESSES, SERVICE_ADDRESSES
from localcluster.settings import Endpoints, Files


def etcd(program: Path, files: Files, endpoints: Endpoints) -> list[str | Path]:
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


def apiserver(program: Path, files: Files, endpoints: Endpoints) -> list[str | Path]:
    """The API server with the authorisation, admission and audit that clusters are run with."""
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
        f"--audit-policy-file={files.audit_policy}",
        f"--audit-log-path={files.audit_log}",
    ]


def controller_manager(program: Path, files: Files, credentials: Path) -> list[str | Path]:
    """The controllers, each controller with a service account of its own."""
    return [
        program,
        f"--kubeconfig={credentials}",
        "--use-service-account-credentials",
        f"--service-account-private-key-file={files / 'service-accounts.key'}",
        f"--root-ca-file={files / 'ca.crt'}",
        f"--service-cluster-ip-range={SERVICE_ADDRESSES}",
        "--leader-elect=false",
        "--secure-port=0",
        # Its own limits would make it take seconds to create the accounts of its controllers.
        "--kube-api-qps=500",
        "--kube-api-burst=500",
    ]


def scheduler(program: Path, credentials: Path) -> list[str | Path]:
    """Who chooses the node of a pod."""
    return [program, f"--kubeconfig={credentials}", "--leader-elect=false", "--secure-port=0"]


def proxy(program: Path, credentials: Path) -> list[str | Path]:
    """Kube-proxy on nftables, without the conntrack settings that belong to the whole machine."""
    return [
        program,
        f"--kubeconfig={credentials}",
        "--proxy-mode=nftables",
        f"--cluster-cidr={POD_ADDRESSES}",
        f"--hostname-override={NODE}",
        f"--bind-address={NODE_ADDRESS}",
        "--nodeport-addresses=primary",
        "--conntrack-max-per-core=0",
        "--conntrack-min=0",
    ]
