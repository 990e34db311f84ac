"""The certificate with which an organisation answers, and those that it and its clients trust."""

from __future__ import annotations

import ssl
from pathlib import Path

from okta_simulator.bad_input import BadInput


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS for listening.

    Args:
        certificate: The certificate and those between it and its authority, in PEM.
        key: Its private key in PEM, without a password.

    Raises:
        BadInput: One of the files can't be read, or they don't belong together.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        raise BadInput(
            f"the certificate {certificate} with the key {key} cannot be used ({_reason(error)}): "
            "name readable PEM files that belong together, the key without a password"
        ) from error
    return context


def client_context(authorities: Path | str | None) -> ssl.SSLContext:
    """TLS for calling others: the certificate authorities of this machine are trusted, and those in a file.

    Raises:
        BadInput: The file can't be read, or holds no certificates.
    """
    context = ssl.create_default_context()
    if authorities is not None:
        try:
            context.load_verify_locations(authorities)
        except OSError as error:  # an SSLError is one too
            raise BadInput(
                f"the certificate authorities in {authorities} cannot be used ({_reason(error)}): "
                "name a readable file with certificates in PEM"
            ) from error
    return context


def _no_password() -> str:
    raise ValueError("the key has a password")


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
