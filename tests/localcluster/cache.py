"""The folder that survives between starts: `$XDG_CACHE_HOME/okta-event-hooks`, else below `~/.cache`.

Two starters that need the same entry build it once: the second waits for the first one's lock. What is being
made has another name until it is whole, so that a build that was cut short leaves nothing that looks finished.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


def folder() -> Path:
    """The cache folder, made when it is missing."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(base) / "okta-event-hooks"
    path.mkdir(parents=True, exist_ok=True)
    return path


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

    It is removed afterwards with whatever was not renamed out of it.
    """
    entry.parent.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix=f".{entry.name}-", dir=entry.parent))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
