"""Which certificate authorities programs inside a cluster trust: the usual ones and the cluster's own."""

import ssl
from pathlib import Path

_USUAL = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
"""Debian's place, Fedora's, and Alpine's."""


def bundle(folder: Path, ca_file: Path) -> Path:
    """Write one PEM file with all of them."""
    candidates = [Path(path) for path in (ssl.get_default_verify_paths().cafile, *_USUAL) if path]
    usual = next((path.read_bytes() for path in candidates if path.is_file()), b"")
    path = folder / "ca-bundle.crt"
    path.write_bytes(usual + ca_file.read_bytes())
    return path
