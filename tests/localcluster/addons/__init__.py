"""What a cluster needs besides Kubernetes: DNS, volumes, and a gateway with TLS. Each is the real program, in a pod."""

import base64
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from localcluster.addons import gatewayapi
from localcluster.cluster import Cluster
from localcluster.definitions import wait_until_established
from localcluster.pki import KeyPair

_FOLDER = Path(__file__).parent
_WITHIN = "90s"


def install(cluster: Cluster, progress: Callable[[str], None]) -> None:
    """Install the addons, and return when they serve.

    Their images must be on the node.

    Args:
        cluster: one that runs pods.
        progress: is told what is fetched.

    Raises:
        ClusterError: an addon was refused or is not ready in time.
    """
    with ThreadPoolExecutor() as threads:
        steps = [
            threads.submit(_apply, cluster, _FOLDER / "dns.yaml"),
            threads.submit(_apply, cluster, _FOLDER / "storage.yaml"),
            threads.submit(_install_gateway, cluster, progress),
        ]
    for step in steps:
        step.result()
    cluster.kubectl(
        "wait", "deployments", "--namespace=kube-system", "--selector=localcluster=addon", "--for=condition=Available",
        f"--timeout={_WITHIN}",
    )  # fmt: skip
    cluster.kubectl(
        "wait", "gateways/gateway", "--namespace=kube-system", "--for=condition=Programmed", f"--timeout={_WITHIN}"
    )


def _install_gateway(cluster: Cluster, progress: Callable[[str], None]) -> None:
    """Traefik watches every kind of the Gateway API from its start, so these come first."""
    _apply(cluster, gatewayapi.definitions(progress))
    wait_until_established(cluster.kubectl)
    certificate = cluster.authority.issue("gateway", hosts=[cluster.domain, f"*.{cluster.domain}"])
    cluster.kubectl("apply", "--server-side", "--filename=-", stdin=json.dumps(tls_secret("gateway", certificate)))
    _apply(cluster, _FOLDER / "gateway.yaml")


def tls_secret(name: str, pair: KeyPair) -> dict[str, object]:
    """A Secret of the kind that Ingresses and Gateways take certificates from."""
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "namespace": "kube-system"},
        "type": "kubernetes.io/tls",
        "data": {
            "tls.crt": base64.b64encode(pair.certificate).decode(),
            "tls.key": base64.b64encode(pair.key).decode(),
        },
    }


def _apply(cluster: Cluster, path: Path) -> None:
    cluster.kubectl("apply", "--server-side", f"--filename={path}")
