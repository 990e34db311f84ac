"""Kubeconfig files that hold all they need, so that one can be copied anywhere."""

import base64
from pathlib import Path

import yaml

from localcluster.pki import KeyPair, write_private


def write(path: Path, *, server: str, authority: bytes, client: KeyPair) -> Path:
    """Write a kubeconfig with one context.

    Args:
        path: where to.
        server: the API server's URL.
        authority: the PEM certificate of who signed the API server's certificate.
        client: who the reader of this file is.
    """
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": "local", "cluster": {"server": server, "certificate-authority-data": _base64(authority)}}
        ],
        "users": [
            {
                "name": "local",
                "user": {
                    "client-certificate-data": _base64(client.certificate),
                    "client-key-data": _base64(client.key),
                },
            }
        ],
        "contexts": [{"name": "local", "context": {"cluster": "local", "user": "local"}}],
        "current-context": "local",
    }
    write_private(path, yaml.safe_dump(document, sort_keys=False).encode())
    return path


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
