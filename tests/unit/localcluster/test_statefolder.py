"""A state folder goes with its owner, or with the next start after the owner was killed."""

from pathlib import Path

import pytest

from localcluster import cgroups, statefolder


def test_it_is_removed_at_the_end(tmp_path: Path) -> None:
    with statefolder.create(print, tmp_path) as state:
        (state.path / "etcd").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_it_is_removed_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), statefolder.create(print, tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_owner_is_dead_is_removed_by_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / f"{statefolder.PREFIX}left"
    (left / "etcd").mkdir(parents=True)
    told: list[str] = []
    with statefolder.create(told.append, tmp_path):
        assert not left.exists()
    assert told == [f"removing {left}, which a cluster left whose starter was killed"]


def test_a_folder_whose_owner_lives_is_left_alone(tmp_path: Path) -> None:
    with statefolder.create(print, tmp_path) as first, statefolder.create(print, tmp_path):
        assert first.path.exists()


def test_a_folder_that_is_being_removed_is_no_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[Path]] = []

    def remove(record: Path) -> bool:
        seen.append(statefolder.leftovers(record.parents[1]))
        return True

    monkeypatch.setattr(cgroups, "remove", remove)
    with statefolder.create(print, tmp_path):
        pass
    assert seen == [[]]


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "someone-elses").mkdir()
    with statefolder.create(print, tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["someone-elses"]
