"""One writer a folder: a lock that the kernel lets go of when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okta_hooks.journal.errors import JournalLocked


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold a journal's folder against every other process that would write it.

    Raises:
        JournalLocked: Another process holds it.
        OSError: The lock's file can't be opened.
    """
    path = folder / "lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise JournalLocked(
                f"the journal in {folder} is being written by another process: stop that process, or give this one "
                "a folder of its own"
            ) from error
        yield
    finally:
        os.close(descriptor)
