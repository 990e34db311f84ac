"""The folder that survives between starts: `$XDG_CACHE_HOME/okta-event-hooks`, else below `~/.cache`.

Two starters that need the same entry build it once: the second waits for the first one's lock. What is being
made has another name until it is whole, so that a build that was cut short leaves nothing that looks finished.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from localcluster.errors import ClusterError


def folder() -> Path:
    """The cache folder, made when it is missing.

    Raises:
        ClusterError: it cannot be made or written.
    """
    path = _base() / "okta-event-hooks"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error.strerror) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise _unusable(path, os.strerror(errno.EACCES))
    return path


def _base() -> Path:
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError as error:  # no HOME, and a user whom the machine does not know
        raise _unusable("below the home folder", "there is none") from error


def _unusable(place: Path | str, reason: str | None) -> ClusterError:
    return ClusterError(f"the cache {place} cannot be used ({reason}): let XDG_CACHE_HOME name a folder to write to")


@contextlib.contextmanager
def locked(entry: Path) -> Iterator[None]:
    """Hold an entry's lock; it is the kernel's, so the death of its holder releases it."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    with entry.with_name(f"{entry.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def scratch(entry: Path) -> Iterator[Path]:
    """A folder beside an entry to make it in, on the same file system so that a rename is atomic.

    It is removed afterwards with whatever was not renamed out of it; that of a maker who was killed goes with the
    next one. As with `statefolder`, the kernel's lock on the folder tells whether its maker lives.
    """
    entry.parent.mkdir(parents=True, exist_ok=True)
    with _folder_locked(entry.parent):  # making a folder and locking it are two steps
        _sweep(entry.parent)
        path = Path(tempfile.mkdtemp(prefix=f".{entry.name}-", dir=entry.parent))
        lock = _claim(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def _sweep(parent: Path) -> None:
    for path in parent.glob(".*-*/"):
        with contextlib.suppress(BlockingIOError, FileNotFoundError):
            lock = _claim(path)
            shutil.rmtree(path, ignore_errors=True)
            os.close(lock)


def _claim(path: Path, *, wait: bool = False) -> int:
    """The lock of a folder, to be closed.

    Raises:
        BlockingIOError: somebody else has it, and is not waited for.
    """
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise
    return lock


@contextlib.contextmanager
def _folder_locked(path: Path) -> Iterator[None]:
    lock = _claim(path, wait=True)
    try:
        yield
    finally:
        os.close(lock)
