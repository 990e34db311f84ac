"""A receiver whose disk takes 10 ms longer for each sync: `python -m receiving.slow_disk FOLDER`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from okta_hooks.journal.log.disk import Disk, File, PosixDisk, PosixFile
from okta_hooks.receiver.options import ReceiverOptions
from okta_hooks.receiver.process import run
from receiving.process import PATH, ReceiverFolder

_ADDED_SECONDS = 0.01


class _SlowFile(PosixFile):
    def sync(self) -> None:
        time.sleep(_ADDED_SECONDS)
        super().sync()


class _SlowDisk(PosixDisk):
    def create(self, path: Path) -> File:
        path.write_bytes(b"")
        return _SlowFile(path, flags=0)

    def open(self, path: Path) -> File:
        return _SlowFile(path, flags=0)


def receive(folder: ReceiverFolder, disk: Disk) -> int:
    """Receive until SIGTERM, with a disk of one's own."""
    options = ReceiverOptions(
        path=PATH,
        secrets_folder=folder.secrets,
        admin_token_file=folder.token_file,
        journal_folder=folder.journal,
        passed_file=folder.passed_file,
        okta_port=0,
        admin_port=0,
        drain_seconds=0,
    )
    return run(options, disk=disk)


if __name__ == "__main__":
    raise SystemExit(receive(ReceiverFolder(Path(sys.argv[1])), _SlowDisk()))
