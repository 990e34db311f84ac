"""Authorities and client certificates come from mounted files, and what is wrong with them is said of the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.sinks.mounted import NotMounted
from okta_hooks.sinks.tls import TlsFiles
from servers.authority import Authority


def test_a_certificate_without_its_key_is_no_setting() -> None:
    with pytest.raises(ValueError, match="give both or neither"):
        TlsFiles(certificate_file="/certificate")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotMounted, match=r"ca\.pem can't be read"):
        TlsFiles(ca_file=str(tmp_path / "ca.pem")).context()


def test_a_file_without_a_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(NotMounted, match=r"ca\.pem holds no certificate"):
        TlsFiles(ca_file=str(tmp_path / "ca.pem")).context()


def test_a_key_of_another_certificate_is_said(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    one, another = authority.issued("one@example.com"), authority.issued("another@example.com")
    files = TlsFiles(certificate_file=str(one.certificate), key_file=str(another.key))
    with pytest.raises(NotMounted, match="are no certificate with its key"):
        files.context()


def test_reads_files_again_when_they_have_changed(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("one")
    files = TlsFiles(ca_file=str(tmp_path / "ca.pem"))
    before = files.pem()
    (tmp_path / "ca.pem").write_text("two")
    assert (before.authorities, files.pem().authorities) == (b"one", b"two")
