"""Certificates that can't be used are named in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from okta_simulator.bad_input import BadInput
from okta_simulator.tls import client_context, server_context


def test_a_certificate_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"cert\.pem.* cannot be used \(No such file or directory\)"):
        server_context(tmp_path / "cert.pem", tmp_path / "key.pem")


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.issue_cert("one.example.com").cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    authority.issue_cert("two.example.com").private_key_pem.write_to_path(tmp_path / "key.pem")
    with pytest.raises(BadInput, match="belong together"):
        server_context(tmp_path / "cert.pem", tmp_path / "key.pem")


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_certificate_authorities_that_cannot_be_read_are_refused_with_a_sentence(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadInput, match=r"ca\.pem cannot be used .*: name a readable file with certificates in PEM"):
        client_context(path)
