"""Reading secrets from a folder as a kubelet fills it."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.receiver.secret_files import Secrets, read_secrets


def publish(folder: Path, generation: str, **files: bytes) -> None:
    """Replace all files at once, as a kubelet does: by pointing `..data` at another folder."""
    real = folder / f"..{generation}"
    real.mkdir()
    for name, content in files.items():
        (real / name).write_bytes(content)
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(Path("..data") / name)
    (folder / "..new").symlink_to(real.name)
    (folder / "..new").replace(folder / "..data")


def test_one_secret_is_read(tmp_path: Path) -> None:
    publish(tmp_path, "1", current=b"first")
    assert read_secrets(tmp_path) == Secrets(b"first")


def test_a_change_is_seen_whole(tmp_path: Path) -> None:
    publish(tmp_path, "1", current=b"first")
    publish(tmp_path, "2", current=b"second", previous=b"first")
    assert read_secrets(tmp_path) == Secrets(b"second", b"first")


def test_a_folder_that_changes_while_it_is_read_is_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, "1", current=b"first")
    read_bytes = Path.read_bytes

    def changing(path: Path) -> bytes:
        content = read_bytes(path)
        if not (tmp_path / "..2").exists():
            publish(tmp_path, "2", current=b"second", previous=b"first")
        return content

    monkeypatch.setattr(Path, "read_bytes", changing)
    assert read_secrets(tmp_path) is None
    assert read_secrets(tmp_path) == Secrets(b"second", b"first")


def test_plain_files_do_as_well_and_space_around_a_secret_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "current").write_bytes(b"first\n")
    assert read_secrets(tmp_path) == Secrets(b"first")


@pytest.mark.parametrize("content", [None, b"", b"\n"])
def test_without_a_current_secret_there_is_nothing_to_accept(tmp_path: Path, content: bytes | None) -> None:
    (tmp_path / "previous").write_bytes(b"old")
    if content is not None:
        (tmp_path / "current").write_bytes(content)
    assert read_secrets(tmp_path) is None


def test_a_previous_secret_that_is_the_same_is_none(tmp_path: Path) -> None:
    publish(tmp_path, "1", current=b"first", previous=b"first")
    assert read_secrets(tmp_path) == Secrets(b"first")
