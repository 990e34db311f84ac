"""The few operations on files that writing a log needs; a Protocol, since tests must make each of them fail."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Protocol

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The errors that pass when there is room again."""


class File(Protocol):
    """A file open for writing. Every method may raise OSError."""

    def write(self, data: bytes, offset: int) -> None:
        """Write all of the data at a place."""
        ...

    def sync(self) -> None:
        """Return once all that was written is on stable storage."""
        ...

    def truncate(self, size: int) -> None:
        """Cut the file to a size in bytes."""
        ...

    def close(self) -> None:
        """Let go of the file, without syncing it."""
        ...


class Disk(Protocol):
    """A file system. Every method may raise OSError."""

    def create(self, path: Path) -> File:
        """A new, empty file; one of this name is replaced."""
        ...

    def open(self, path: Path) -> File:
        """A file as it is; made when it is not there."""
        ...

    def rename(self, path: Path, target: Path) -> None:
        """Give a file another name in one step."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file."""
        ...

    def sync_folder(self, path: Path) -> None:
        """Return once the names in a folder are on stable storage."""
        ...

    def free_bytes(self, path: Path) -> int:
        """How much may still be written to a folder's file system."""
        ...


class PosixFile:
    """A file of the operating system."""

    def __init__(self, path: Path, *, flags: int) -> None:
        self._descriptor = os.open(path, flags | os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)

    def write(self, data: bytes, offset: int) -> None:
        """Write all of the data at a place, in as many calls as the kernel wants."""
        rest = memoryview(data)
        while rest:
            written = os.pwrite(self._descriptor, rest, offset)
            rest, offset = rest[written:], offset + written

    def sync(self) -> None:
        """Return once the data, and the size if it grew, is on stable storage."""
        os.fdatasync(self._descriptor)

    def truncate(self, size: int) -> None:
        """Cut the file to a size in bytes."""
        os.ftruncate(self._descriptor, size)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


class PosixDisk:
    """The operating system's file systems."""

    def create(self, path: Path) -> File:
        """A new, empty file."""
        return PosixFile(path, flags=os.O_TRUNC)

    def open(self, path: Path) -> File:
        """A file as it is."""
        return PosixFile(path, flags=0)

    def rename(self, path: Path, target: Path) -> None:
        """Give a file another name in one step."""
        path.rename(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def sync_folder(self, path: Path) -> None:
        """Return once the names in a folder are on stable storage."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def free_bytes(self, path: Path) -> int:
        """What a process without privileges may still write."""
        system = os.statvfs(path)
        return system.f_bavail * system.f_frsize
