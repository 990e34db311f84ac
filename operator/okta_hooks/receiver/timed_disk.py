"""A disk that tells how long its syncs take."""

from __future__ import annotations

import time
from pathlib import Path

from okta_hooks.journal.log.disk import Disk, File
from okta_hooks.telemetry.distribution import Distribution


class TimedDisk:
    """Another disk, with its syncs of files measured.

    Args:
        disk: Does the work.
        sync_seconds: Takes the times; from the journal's thread.
    """

    def __init__(self, disk: Disk, sync_seconds: Distribution) -> None:
        self._disk = disk
        self._sync_seconds = sync_seconds

    def create(self, path: Path) -> File:
        """A new, empty file."""
        return _TimedFile(self._disk.create(path), self._sync_seconds)

    def open(self, path: Path) -> File:
        """A file as it is."""
        return _TimedFile(self._disk.open(path), self._sync_seconds)

    def rename(self, path: Path, target: Path) -> None:
        """Give a file another name in one step."""
        self._disk.rename(path, target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        self._disk.remove(path)

    def sync_folder(self, path: Path) -> None:
        """Return once the names in a folder are on stable storage."""
        self._disk.sync_folder(path)

    def free_bytes(self, path: Path) -> int:
        """How much may still be written to a folder's file system."""
        return self._disk.free_bytes(path)


class _TimedFile:
    def __init__(self, file: File, sync_seconds: Distribution) -> None:
        self._file = file
        self._sync_seconds = sync_seconds
        self.write = file.write
        self.truncate = file.truncate
        self.close = file.close

    def sync(self) -> None:
        """Return once all that was written is on stable storage."""
        began = time.perf_counter()
        self._file.sync()
        self._sync_seconds.observe(time.perf_counter() - began)
