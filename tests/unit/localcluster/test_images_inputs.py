"""An image is made anew when what it is made from changes, and only then."""

import os
from pathlib import Path

import pytest

from localcluster.images import inputs


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "code" / "part").mkdir(parents=True)
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    (tmp_path / "code" / "part" / "module.py").write_text("one = 1\n")
    return tmp_path


def digest(tree: Path) -> str:
    return inputs.digest(tree, ["Dockerfile", "code"])


def test_a_changed_file_changes_the_digest(tree: Path) -> None:
    before = digest(tree)
    (tree / "code" / "part" / "module.py").write_text("one = 2\n")
    assert digest(tree) != before


def test_a_renamed_file_changes_the_digest(tree: Path) -> None:
    before = digest(tree)
    (tree / "code" / "part" / "module.py").rename(tree / "code" / "part" / "other.py")
    assert digest(tree) != before


def test_a_file_beside_the_inputs_does_not_change_the_digest(tree: Path) -> None:
    before = digest(tree)
    (tree / "README.md").write_text("no input\n")
    assert digest(tree) == before


def test_compiled_files_and_times_do_not_change_the_digest(tree: Path) -> None:
    before = digest(tree)
    (tree / "code" / "__pycache__").mkdir()
    (tree / "code" / "__pycache__" / "module.pyc").write_bytes(b"compiled")
    os.utime(tree / "Dockerfile", (1, 1))
    assert digest(tree) == before


def test_archives_that_were_not_used_for_longest_are_deleted(tmp_path: Path) -> None:
    for age, name in enumerate(["new", "older", "oldest"]):
        (tmp_path / f"image-{name}.tar").touch()
        os.utime(tmp_path / f"image-{name}.tar", (1000 - age, 1000 - age))
    inputs.keep_newest(tmp_path / "image-oldest.tar", "image-*.tar", kept=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["image-new.tar", "image-oldest.tar"]


def test_folders_that_were_not_used_for_longest_are_deleted_too(tmp_path: Path) -> None:
    for name in ("images-one", "images-two"):
        (tmp_path / name / "content").mkdir(parents=True)
        os.utime(tmp_path / name, (1000, 1000))
    inputs.keep_newest(tmp_path / "images-one", "images-*", kept=1)
    assert [path.name for path in tmp_path.iterdir()] == ["images-one"]
