"""Programs of Debian packages are found, or fetched for the cluster alone."""

from pathlib import Path

import pytest

from localcluster import debian
from localcluster.errors import ClusterError

PLAN = """\
Inst passwd [1:4.13-1] (1:4.13-2 Debian:12/oldstable [amd64])
Inst buildah (1.28.2+ds1-3 Debian:12/oldstable [amd64])
Inst libgpgme11 (1.18.0-3 Debian-Security:12/oldstable-security [amd64])
Conf buildah (1.28.2+ds1-3 Debian:12/oldstable [amd64])
"""


def ignore(progress: str) -> None:
    """Nobody watches."""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The root of a machine that has every program."""
    for file in debian.PACKAGES.values():
        path = tmp_path / "usr" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This machine lacks buildah and has no apt-get."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(debian, "missing", lambda: ("buildah",))
    monkeypatch.setattr("shutil.which", lambda _: None)


def test_a_machine_with_every_program_lacks_no_package(machine: Path) -> None:
    assert debian.missing(machine) == ()


def test_a_package_is_missing_when_its_program_is(machine: Path) -> None:
    (machine / "usr" / "bin" / "buildah").unlink()
    assert debian.missing(machine) == ("buildah",)


def test_a_program_counts_in_either_of_bin_and_sbin(machine: Path) -> None:
    (machine / "usr" / "sbin" / "runc").rename(machine / "usr" / "bin" / "runc")
    assert debian.missing(machine) == ()


def test_nothing_is_laid_over_a_machine_that_lacks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "missing", tuple)
    assert debian.layer(ignore) is None


@pytest.mark.usefixtures("bare")
def test_without_apt_get_one_sentence_names_what_to_install() -> None:
    with pytest.raises(ClusterError, match=r"lacks buildah .* no apt-get .* install them"):
        debian.layer(ignore)


def test_new_packages_of_a_plan_are_fetched_and_installed_ones_are_not_upgraded() -> None:
    assert debian.additions(PLAN) == ["buildah=1.28.2+ds1-3", "libgpgme11=1.18.0-3"]


def test_a_command_sees_the_layer_in_a_mount_namespace_of_its_own() -> None:
    command = debian.command(["buildah", "version"], Path("/cache/usr"))
    assert command[:2] == ["unshare", "--mount"]
    assert "lowerdir=/cache/usr:/usr" in str(command)


def test_a_command_needs_no_layer_where_nothing_is_missing() -> None:
    assert "overlay" not in str(debian.command(["buildah", "version"], None))
