"""The one folder that holds everything a cluster writes, and the proof that its owner lives.

The proof is the kernel's lock on the folder itself: the starter holds it, and so does each guard it started, as
long as one of them lives and not a moment longer. A folder whose lock is free is a leftover of a starter that was
killed; the next start removes it, with the cgroups that the kernel does not remove by itself.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from localcluster import cache, cgroups
from localcluster.errors import ClusterError

PREFIX = "okta-event-hooks-cluster-"
_CGROUPS = "cgroups"


@dataclass(frozen=True)
class StateFolder:
    """A folder of this process's own, and the file descriptor that keeps it locked."""

    path: Path
    lock: int

    @property
    def name(self) -> str:
        """What tells this cluster from others on the machine."""
        return self.path.name

    @property
    def cgroups(self) -> Path:
        """Where the cgroups are written down that must go with this folder."""
        return self.path / _CGROUPS


@contextlib.contextmanager
def create(progress: Callable[[str], None], parent: Path | None = None) -> Iterator[StateFolder]:
    """Sweep away what killed starters left, then make a folder that is removed at the end.

    Args:
        progress: is told of leftovers.
        parent: where clusters live; $TMPDIR or /tmp unless said.
    """
    parent = parent or Path(tempfile.gettempdir())
    # Making a folder and locking it are two steps: no sweep of another starter may fall between them.
    with cache.locked(cache.folder() / "clusters"):
        _sweep(parent, progress)
        path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield StateFolder(path, lock)
    finally:
        # Locked to the last file: else the next start would find a leftover and remove it at the same time.
        _remove(path)
        os.close(lock)


def leftovers(parent: Path) -> list[Path]:
    """The folders below `parent` whose owner is dead."""
    found = []
    for path in sorted(parent.glob(f"{PREFIX}*")):
        with _claimed(path) as is_ours:
            if is_ours:
                found.append(path)
    return found


def _sweep(parent: Path, progress: Callable[[str], None]) -> None:
    for path in leftovers(parent):
        with _claimed(path) as is_ours:
            if is_ours:
                progress(f"removing {path}, which a cluster left whose starter was killed")
                _remove(path)


@contextlib.contextmanager
def _claimed(path: Path) -> Iterator[bool]:
    """Take a folder's lock if nobody holds it, and tell whether that was so."""
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except (PermissionError, FileNotFoundError):
        yield False  # another user's, or just removed
        return
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = True
    except BlockingIOError:
        is_ours = False
    try:
        yield is_ours
    finally:
        os.close(folder)


def _remove(path: Path) -> None:
    if not cgroups.remove(path / _CGROUPS):
        raise ClusterError(
            f"processes of the cluster in {path} have not ended; end those listed in the cgroup.procs files of the "
            f"folders that {path / _CGROUPS} names, then start again"
        )
    shutil.rmtree(path)
