"""Pseudonyms, and their key."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest

from okta_hooks.formats import KeyUnusable
from okta_hooks.formats.pseudonyms import PseudonymKey, pseudonym

KEY = b"0123456789abcdef"


def test_a_pseudonym_is_the_hmac_sha256_and_names_it() -> None:
    expected = hmac.new(KEY, "Ada Löw".encode(), hashlib.sha256).hexdigest()
    assert pseudonym("Ada Löw", KEY) == f"hmac-sha256:{expected}"


def test_the_key_is_all_that_is_in_the_file(tmp_path: Path) -> None:
    (file := tmp_path / "key").write_bytes(KEY + b"\n")
    assert PseudonymKey(file).read() == KEY + b"\n"


def test_the_key_follows_what_a_kubelet_mounts(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "key").write_text(f"{name:0>16}")
    (link := tmp_path / "now").symlink_to("first")
    key = PseudonymKey(link / "key")
    before = key.read()
    (fresh := tmp_path / "fresh").symlink_to("second")
    fresh.rename(link)
    assert (before, key.read()) == (b"00000000000first", b"0000000000second")


def test_without_a_key_nothing_is_written_and_the_sentence_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match=f"{tmp_path}/key can't be read"):
        PseudonymKey(tmp_path / "key").read()


def test_a_key_that_can_be_guessed_is_none(tmp_path: Path) -> None:
    (file := tmp_path / "key").write_bytes(b"secret")
    with pytest.raises(KeyUnusable, match="has 6 bytes, and can be guessed"):
        PseudonymKey(file).read()
