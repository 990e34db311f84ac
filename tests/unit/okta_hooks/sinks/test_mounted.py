"""Credentials in mounted files."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.sinks.mounted import NotMounted, credential


def test_white_space_around_a_credential_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("  secret\n")
    assert credential(str(file)) == "secret"


def test_a_credential_that_was_swapped_is_read_again(tmp_path: Path) -> None:
    for day in ("old", "new"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "token").write_text(day)
    data = tmp_path / "..data"
    data.symlink_to("old")
    (tmp_path / "token").symlink_to("..data/token")
    assert credential(str(tmp_path / "token")) == "old"
    (tmp_path / "fresh").symlink_to("new")
    (tmp_path / "fresh").rename(data)
    assert credential(str(tmp_path / "token")) == "new"


@pytest.mark.parametrize("content", [b"", b" \n", b"one\ntwo", b"a\x00b", b"\xff\xfe"])
def test_what_no_header_can_carry_is_named_without_being_shown(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(NotMounted, match=r"token (is|has) .*: put the credential alone into this key of the Secret$"):
        credential(str(file))


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotMounted, match=r"nowhere can't be read \(No such file or directory\): give the Secret"):
        credential(str(tmp_path / "nowhere"))
