"""Cgroups are found where the machine mounts them, and removed with their children."""

from pathlib import Path

import pytest

from localcluster import cgroups
from localcluster.cgroups import Hierarchy


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    for place in ("cpu,cpuacct", "systemd", "unified"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "cgroup.procs").touch()
    return tmp_path


def test_a_version_1_controller_is_mounted_under_its_name(mounted: Path) -> None:
    assert cgroups.hierarchies("3:cpu,cpuacct:/user\n", mounted) == [
        Hierarchy("cpu,cpuacct", mounted / "cpu,cpuacct", "/user")
    ]


def test_a_named_hierarchy_is_mounted_under_its_name_alone(mounted: Path) -> None:
    assert cgroups.hierarchies("1:name=systemd:/\n", mounted)[0].mounted_at == mounted / "systemd"


def test_version_2_beside_version_1_is_mounted_as_unified(mounted: Path) -> None:
    assert cgroups.hierarchies("0::/\n", mounted)[0].mounted_at == mounted / "unified"


def test_version_2_alone_is_mounted_at_the_root(tmp_path: Path) -> None:
    (tmp_path / "cgroup.procs").touch()
    assert cgroups.hierarchies("0::/user.slice\n", tmp_path)[0].folder == tmp_path / "user.slice"


def test_what_is_not_mounted_is_left_out(mounted: Path) -> None:
    assert cgroups.hierarchies("5:rdma:/\n", mounted) == []


def test_removing_takes_the_children_too(tmp_path: Path) -> None:
    (tmp_path / "group" / "pods" / "one").mkdir(parents=True)
    record = tmp_path / "record"
    record.write_text(f"{tmp_path / 'group'}\n{tmp_path / 'never-made'}\n")
    assert cgroups.remove(record)
    assert not (tmp_path / "group").exists()


def test_without_a_record_there_is_nothing_to_remove(tmp_path: Path) -> None:
    assert cgroups.remove(tmp_path / "record")
