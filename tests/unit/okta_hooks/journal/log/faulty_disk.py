"""File systems that fail as real ones do."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path

from okta_hooks.journal.log.disk import File, PosixDisk, PosixFile

SECTOR_BYTES = 512


class FaultyDisk(PosixDisk):
    """A file system on which named operations fail while they are in `failing`.

    Names are those of the methods of `File` and `Disk`, with the error's number.
    """

    def __init__(self) -> None:
        self.failing: dict[str, int] = {}
        self.free = 1 << 40

    def check(self, operation: str) -> None:
        if (number := self.failing.get(operation)) is not None:
            raise OSError(number, os.strerror(number))

    def create(self, path: Path) -> File:
        self.check("create")
        return _FaultyFile(path, flags=os.O_TRUNC, disk=self)

    def open(self, path: Path) -> File:
        self.check("open")
        return _FaultyFile(path, flags=0, disk=self)

    def remove(self, path: Path) -> None:
        self.check("remove")
        super().remove(path)

    def sync_folder(self, path: Path) -> None:
        self.check("sync_folder")
        super().sync_folder(path)

    def free_bytes(self, path: Path) -> int:  # noqa: ARG002 - as the Protocol has it
        return self.free


class _FaultyFile(PosixFile):
    def __init__(self, path: Path, *, flags: int, disk: FaultyDisk) -> None:
        super().__init__(path, flags=flags)
        self._disk = disk

    def write(self, data: bytes, offset: int) -> None:
        self._disk.check("write")
        super().write(data, offset)

    def sync(self) -> None:
        self._disk.check("sync")
        super().sync()

    def truncate(self, size: int) -> None:
        self._disk.check("truncate")
        super().truncate(size)


class PowerlessDisk(PosixDisk):
    """A file system whose machine can lose power.

    The real files stand for what the kernel shows. Beside them it is remembered what the device surely has: unsynced
    sectors, names and removals are there or not, as chance has it.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._files: dict[Path, _PowerlessFile] = {}
        self._new_names: dict[Path, Path] = {}
        self.sync_fails = False

    def create(self, path: Path) -> File:
        path.write_bytes(b"")
        self._files[path] = _PowerlessFile(path, self)
        return self._files[path]

    def open(self, path: Path) -> File:
        if path not in self._files:
            return self.create(path)
        self._files[path].reopen()
        return self._files[path]

    def rename(self, path: Path, target: Path) -> None:
        super().rename(path, target)
        self._files[target] = self._files.pop(path)
        self._files[target].path = target
        self._new_names[target] = path

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self._new_names.clear()

    def lose_power(self) -> None:
        """Leave what the device has; every file is closed."""
        for path, file in list(self._files.items()):
            file.close()
            content = file.after_power_loss(self._chance)
            if path in self._new_names and self._chance.random() < 0.5:
                path.unlink()
                self._files[self._new_names[path]] = self._files.pop(path)
                file.path = self._new_names[path]
            if file.path.exists() or path in self._new_names or self._chance.random() < 0.5:
                file.path.write_bytes(content)
        self._new_names.clear()


class _PowerlessFile:
    def __init__(self, path: Path, disk: PowerlessDisk) -> None:
        self.path = path
        self._disk = disk
        self._safe = bytearray()
        self._pending: list[tuple[int, bytes]] = []
        self._shown: PosixFile | None = PosixFile(path, flags=0)

    def reopen(self) -> None:
        self.close()
        self._shown = PosixFile(self.path, flags=0)

    def write(self, data: bytes, offset: int) -> None:
        assert self._shown
        self._shown.write(data, offset)
        self._pending.append((offset, data))

    def sync(self) -> None:
        if self._disk.sync_fails:
            self._pending.clear()  # the kernel gives the pages up, and calls them clean
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        for offset, data in self._pending:
            self._put(offset, data)
        self._pending.clear()

    def truncate(self, size: int) -> None:
        assert self._shown
        self._shown.truncate(size)
        self._pending = [(offset, data[: size - offset]) for offset, data in self._pending if offset < size]
        del self._safe[size:]

    def close(self) -> None:
        if self._shown:
            self._shown.close()
        self._shown = None

    def after_power_loss(self, chance: random.Random) -> bytes:
        for offset, data in self._pending:
            for sector in _sectors(offset, data):
                if chance.random() < 0.5:
                    self._put(*sector)
        self._pending.clear()
        return bytes(self._safe)

    def _put(self, offset: int, data: bytes) -> None:
        self._safe.extend(bytes(max(0, offset - len(self._safe))))
        self._safe[offset : offset + len(data)] = data


def _sectors(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    begin = 0
    while begin < len(data):
        step = SECTOR_BYTES - (offset + begin) % SECTOR_BYTES
        yield offset + begin, data[begin : begin + step]
        begin += step
