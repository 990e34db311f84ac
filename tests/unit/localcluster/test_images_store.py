"""A cluster gets the imported images by links, and what it does to its own leaves them as they are."""

from pathlib import Path

import pytest

from localcluster.errors import ClusterError
from localcluster.images import store


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """A store with one file of a layer, and a database of containerd's."""
    root = tmp_path / "store" / "root"
    for part in ("io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs", "io.containerd.metadata.v1.bolt"):
        (root / part).mkdir(parents=True)
    (root / "io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs/program").write_text("program")
    (root / "io.containerd.metadata.v1.bolt/meta.db").write_text("images")
    return tmp_path / "store"


def test_files_of_layers_are_linked(imported: Path, tmp_path: Path) -> None:
    store.lend(imported, tmp_path / "containerd")
    part = "io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs/program"
    assert (tmp_path / "containerd" / part).samefile(imported / "root" / part)


def test_a_database_that_a_cluster_changes_stays_as_it_was_in_the_cache(imported: Path, tmp_path: Path) -> None:
    store.lend(imported, tmp_path / "containerd")
    (tmp_path / "containerd" / "io.containerd.metadata.v1.bolt" / "meta.db").write_text("changed")
    assert (imported / "root" / "io.containerd.metadata.v1.bolt" / "meta.db").read_text() == "images"


def test_a_broken_store_is_named_and_to_be_deleted(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(ClusterError, match=f"delete {tmp_path / 'store'}"):
        store.lend(tmp_path / "store", tmp_path / "containerd")
