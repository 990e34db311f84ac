"""The image `debian:bookworm-slim`, made by debootstrap.

Everywhere, rather than only where no registry is in reach: one way that is always tried instead of two.
It is made once; deleting it from the cache brings in Debian's newer packages.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

from localcluster import cache, debian
from localcluster.errors import ClusterError
from localcluster.images import archive

REFERENCE = "docker.io/library/debian:bookworm-slim"
_SUITE = "bookworm"
_NOT_FOR_A_CONTAINER = (
    "usr/share/doc",
    "usr/share/info",
    "usr/share/locale",
    "usr/share/man",
    "var/cache/apt",
    "var/lib/apt/lists",
    "var/log",
)


def ensure(usr: Path | None, progress: Callable[[str], None]) -> Path:
    """The archive of the image, made when the cache has none (half a minute).

    Args:
        usr: see `debian.layer`.
        progress: is told when it is made.

    Raises:
        ClusterError: debootstrap failed.
    """
    entry = cache.folder() / "images" / f"debian-{_SUITE}-slim.tar"
    with cache.locked(entry):
        if not entry.exists():
            _make(entry, usr, progress)
    return entry


def _make(entry: Path, usr: Path | None, progress: Callable[[str], None]) -> None:
    progress(f"making {REFERENCE} with debootstrap (once; it is kept in {entry.parent})")
    with cache.scratch(entry) as scratch:
        root = scratch / "root"
        done = subprocess.run(
            debian.command(["debootstrap", "--variant=minbase", _SUITE, root], usr),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1:]
            raise ClusterError(f"debootstrap could not make {_SUITE}: {' '.join(said)}; see that its mirror is reached")
        for folder in _NOT_FOR_A_CONTAINER:
            _empty(root / folder)
        made = scratch / entry.name
        archive.write(made, archive.Image(REFERENCE, entrypoint=(), files={".": root}, user=""))
        made.rename(entry)


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
