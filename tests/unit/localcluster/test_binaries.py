"""Programs are looked for in KUBEBUILDER_ASSETS, then in the cache, and built only then."""

from dataclasses import replace
from pathlib import Path

import pytest

from localcluster import binaries, gotoolchain
from localcluster.errors import ClusterError
from localcluster.versions import MODULES, GoModule

ETCD = GoModule(folder="etcd", programs={"etcd": "example.invalid/etcd"})


def ignore(progress: str) -> None:
    """Nobody watches."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("KUBEBUILDER_ASSETS", raising=False)
    return tmp_path / "cache" / "okta-event-hooks"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "modules" / "etcd"
    folder.mkdir(parents=True)
    (folder / "go.mod").write_text("module etcd\n")
    (folder / "go.sum").write_text("")
    return folder.parent


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def cached(cache: Path, name: str, folder: str) -> Path:
    module = next(module for module in MODULES if module.folder == folder)
    return cache / "bin" / f"{folder}-{binaries.fingerprint(module, binaries.SOURCES)}" / name


def test_kubebuilder_assets_come_first(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(cached(cache, "etcd", "etcd"))
    given = program(tmp_path / "assets" / "etcd")
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(given.parent))
    assert binaries.find("etcd", ignore) == given


def test_what_kubebuilder_assets_lack_comes_from_the_cache(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = program(cached(cache, "kubelet", "kubernetes"))
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(tmp_path))
    assert binaries.find("kubelet", ignore) == kept


@pytest.mark.parametrize("damage", [lambda path: path.write_text(""), lambda path: path.chmod(0o644)])
def test_a_broken_cache_is_named_with_what_to_do(cache: Path, damage: object) -> None:
    path = program(cached(cache, "etcd", "etcd"))
    assert callable(damage)
    damage(path)
    with pytest.raises(ClusterError, match=rf"{path} .*delete it, the next start builds it again"):
        binaries.find("etcd", ignore)


def test_an_unknown_program_is_refused(cache: Path) -> None:
    with pytest.raises(ClusterError, match=r"kube-sun is not among the programs that versions\.py lists"):
        binaries.find("kube-sun", ignore)
    assert not cache.exists()


def test_a_failed_build_names_the_program_and_leaves_nothing(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = program(tmp_path / "go")
    go.write_text("#!/bin/sh\necho no such module >&2\nexit 1\n")
    monkeypatch.setattr(gotoolchain, "find", lambda _: go)
    with pytest.raises(ClusterError, match=r"building etcd with .* failed: no such module"):
        binaries.find("etcd", ignore)
    assert not list(cache.glob("bin/*/etcd"))


def test_other_pins_make_another_entry(sources: Path) -> None:
    before = binaries.fingerprint(ETCD, sources)
    (sources / "etcd" / "go.sum").write_text("another\n")
    assert binaries.fingerprint(ETCD, sources) != before


def test_other_build_constraints_make_another_entry(sources: Path) -> None:
    assert binaries.fingerprint(replace(ETCD, tags=("tiny",)), sources) != binaries.fingerprint(ETCD, sources)
