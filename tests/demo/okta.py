"""The simulated organisation as the demo's cluster sees it, and as people outside of the cluster reach it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from localcluster import pki
from localcluster.cluster import Cluster

SERVICE = "acme.okta.svc"
"""The host of the organisation's URL; `okta.yaml` beside this file puts it there."""


@dataclass(frozen=True)
class Okta:
    """An organisation that is about to be put into a cluster.

    Args:
        folder: Files for its Secret: certificate, key, tokens, and the authority that it trusts.
    """

    folder: Path

    def reached(self, cluster: Cluster) -> Mapping[str, str]:
        """Variables with which `okta-simulator` and curl reach it from this machine, once it answers."""
        host, port = cluster.forward(SERVICE, 443)
        return {
            "OKTA": f"https://{host}:{port}",
            "OKTA_API_TOKEN": (self.folder / "api-token").read_text(),
            "OKTA_SIMULATOR_URL": f"https://{host}:{port}",
            "OKTA_SIMULATOR_CONTROL_TOKEN": (self.folder / "control-token").read_text(),
            "SSL_CERT_FILE": str(self.folder / "ca.crt"),
            "CURL_CA_BUNDLE": str(self.folder / "ca.crt"),
        }


def prepare(cluster: Cluster) -> Okta:
    """Make certificate and tokens; the cluster's own authority signs, and is trusted for the endpoints of hooks."""
    folder = cluster.state / "okta"
    folder.mkdir()
    cluster.authority.issue("okta", hosts=[SERVICE, f"{SERVICE}.cluster.local", "127.0.0.1"]).write(folder, "tls")
    (folder / "ca.crt").write_bytes(cluster.authority.certificate)
    for name in ("api-token", "control-token"):
        pki.write_private(folder / name, secrets.token_urlsafe(24).encode())
    return Okta(folder)
