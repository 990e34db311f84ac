"""TLS for sinks that do not speak HTTP: whom to trust, and what to be known by, from mounted files."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field

import msgspec

from okta_hooks.sinks.mounted import NotMounted, content


@dataclass(frozen=True)
class Pem:
    """What the files hold now; empty where there is no such file.

    Attributes:
        authorities: Certificates of the only authorities to trust.
        certificate: The client's own certificate, with those between it and its authority.
        key: Its private key.
    """

    authorities: bytes = b""
    certificate: bytes = b""
    key: bytes = field(default=b"", repr=False)


class TlsFiles(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Where they are mounted.

    Attributes:
        ca_file: PEM certificates of the only authorities to trust; without it, the public ones are.
        certificate_file: PEM certificate to be known by; without it, none is shown.
        key_file: Its private key, without a password.
    """

    ca_file: str | None = None
    certificate_file: str | None = None
    key_file: str | None = None

    def __post_init__(self) -> None:
        if (self.certificate_file is None) != (self.key_file is None):
            raise ValueError("`certificateFile` and `keyFile` go together: give both or neither")

    def pem(self) -> Pem:
        """What they hold.

        Raises:
            NotMounted: One can't be read.
        """
        return Pem(_content(self.ca_file), _content(self.certificate_file), _content(self.key_file))

    def context(self) -> ssl.SSLContext:
        """What a connection is made with.

        Raises:
            NotMounted: A file can't be read, or does not hold what it should.
        """
        context = self._trusting()
        if self.certificate_file is not None and self.key_file is not None:
            try:
                context.load_cert_chain(self.certificate_file, self.key_file, password=_no_password)
            except (OSError, ValueError) as error:  # OpenSSL's errors are OSErrors
                raise NotMounted(
                    f"{self.certificate_file} and {self.key_file} are no certificate with its key: put both as PEM,"
                    " the key without a password, into these keys of the Secret"
                ) from error
        return context

    def _trusting(self) -> ssl.SSLContext:
        if self.ca_file is None:
            return ssl.create_default_context()
        try:
            return ssl.create_default_context(cadata=content(self.ca_file).decode("ascii", "replace"))
        except ssl.SSLError as error:
            raise NotMounted(f"{self.ca_file} holds no certificate: put PEM into this key") from error


def _content(path: str | None) -> bytes:
    return content(path) if path is not None else b""


def _no_password() -> str:
    """Keeps OpenSSL from asking on the terminal."""
    raise ValueError("the key has a password")
