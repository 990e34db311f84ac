"""An authority of the tests' own, and certificates of it as files, for servers and for those who call them."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key


@dataclass(frozen=True)
class CertificateFiles:
    """A certificate.

    Attributes:
        certificate: PEM, with those between it and its authority.
        key: PEM in PKCS 8, which Java wants.
        both: The two in one file.
    """

    certificate: Path
    key: Path
    both: Path


class Authority:
    """An authority.

    Args:
        folder: Where files go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ca = trustme.CA()
        self.file = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(self.file)

    def issued(self, *names: str) -> CertificateFiles:
        """A certificate for names or addresses."""
        leaf = self._ca.issue_cert(*names)
        key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
        key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        certificate_pem = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
        base = names[0].replace("@", "-")
        files = CertificateFiles(*(self._folder / f"{base}.{kind}.pem" for kind in ("certificate", "key", "both")))
        files.certificate.write_bytes(certificate_pem)
        files.key.write_bytes(key_pem)
        files.both.write_bytes(key_pem + certificate_pem)
        return files

    def server_context(self, *names: str) -> ssl.SSLContext:
        """For a server in the test's own process that has these names."""
        files, context = self.issued(*names), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(files.certificate, files.key)
        return context
