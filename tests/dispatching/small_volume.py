"""A volume of a few megabytes, in a mount namespace of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$0" && echo mounted && exec cat'


class SmallVolume:
    """Who enters finds it in place of a folder.

    Args:
        folder: The folder.
        holder: The process that keeps the namespace.
    """

    def __init__(self, folder: Path, holder: subprocess.Popen[bytes]) -> None:
        self._folder = folder
        self._holder = holder

    @property
    def entering(self) -> Sequence[str]:
        """The beginning of a command line that runs inside."""
        return ("nsenter", f"--target={self._holder.pid}", "--user", "--mount", "--preserve-credentials")

    def grow(self, size: str) -> None:
        """Make it larger; what is in it stays."""
        subprocess.run([*self.entering, "mount", "-o", f"remount,size={size}", self._folder], check=True)


@contextmanager
def small_volume(folder: Path, size: str) -> Iterator[SmallVolume]:
    """An empty one, until the context ends; needs no more than the right to make user namespaces."""
    line = ["unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNT, str(folder), size]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        try:
            assert holder.stdout.readline() == b"mounted\n", "this machine lets nobody make user namespaces"
            yield SmallVolume(folder, holder)
        finally:
            holder.kill()
