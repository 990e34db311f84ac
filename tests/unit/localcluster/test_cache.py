"""Nothing in the cache looks finished that is not."""

import fcntl
import os
from pathlib import Path
from typing import NoReturn

import pytest

from localcluster import cache
from localcluster.errors import ClusterError


def test_the_cache_is_below_xdg_cache_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "okta-event-hooks"


def test_the_cache_is_below_home_where_xdg_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "okta-event-hooks"


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(ClusterError, match=r"file/okta-event-hooks cannot be used \(Not a directory\)"):
        cache.folder()


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(ClusterError, match=r"okta-event-hooks cannot be used \(Permission denied\)"):
        cache.folder()


def test_without_a_home_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> NoReturn:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(ClusterError, match="let XDG_CACHE_HOME name a folder"):
        cache.folder()


def test_an_entry_is_locked_for_one_maker(tmp_path: Path) -> None:
    with (
        cache.locked(tmp_path / "entry"),
        (tmp_path / "entry.lock").open() as other,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_what_was_not_renamed_out_of_a_scratch_folder_is_removed(tmp_path: Path) -> None:
    with cache.scratch(tmp_path / "entry") as scratch:
        (scratch / "half").touch()
    assert list(tmp_path.iterdir()) == []


def test_what_was_renamed_out_of_a_scratch_folder_stays(tmp_path: Path) -> None:
    with cache.scratch(tmp_path / "entry") as scratch:
        (scratch / "whole").touch()
        (scratch / "whole").rename(tmp_path / "entry")
    assert (tmp_path / "entry").exists()


def test_what_a_killed_maker_left_goes_with_the_next_one(tmp_path: Path) -> None:
    (tmp_path / ".entry-of-the-dead").mkdir()
    (tmp_path / ".entry-of-the-dead" / "half").touch()
    with cache.scratch(tmp_path / "another"):
        assert not (tmp_path / ".entry-of-the-dead").exists()


def test_makers_of_two_entries_leave_each_other_alone(tmp_path: Path) -> None:
    with cache.scratch(tmp_path / "one") as one, cache.scratch(tmp_path / "two") as two:
        assert one.is_dir()
        assert two.is_dir()
