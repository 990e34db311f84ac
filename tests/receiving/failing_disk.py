"""A receiver whose disk fails its first sync of a record: `python -m receiving.failing_disk FOLDER`."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from okta_hooks.journal.log.disk import File, PosixDisk, PosixFile
from receiving.process import ReceiverFolder
from receiving.slow_disk import receive


class _FailingFile(PosixFile):
    _syncs = 0

    def sync(self) -> None:
        self._syncs += 1
        if self._syncs > 1:  # the first is that of a new segment's header
            raise OSError(errno.EIO, "Input/output error")
        super().sync()


class _FailingDisk(PosixDisk):
    def create(self, path: Path) -> File:
        path.write_bytes(b"")
        return _FailingFile(path, flags=0)


if __name__ == "__main__":
    raise SystemExit(receive(ReceiverFolder(Path(sys.argv[1])), _FailingDisk()))
