"""What containerd makes of the images' archives, kept in the cache, so that a cluster's start imports nothing.

Importing unpacks some twenty thousand files. Done once, its result is lent to each cluster by hard links: nobody
writes to a layer, since containers see it through an overlay; only containerd's databases are copied.
"""

import contextlib
import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from localcluster import cache, debian
from localcluster.errors import ClusterError
from localcluster.images import inputs

_ARCHIVES = "archives"
_ROOT = "root"
_DATABASES = "io.containerd.*/*.db"
_ANSWERS_WITHIN = 20.0

_GARBAGE_STAYS = """\
[plugins."io.containerd.gc.v1.scheduler"]
startup_delay = "24h"
deletion_threshold = 0
mutation_threshold = 0
"""
"""An import finds the layers that an image shares with its predecessor, and only then unpacks what it lays on them.
Garbage collected in between, since nobody has the predecessor's name any more, would take them away."""


def ensure(archives: Sequence[Path], progress: Callable[[str], None]) -> Path:
    """A folder that `lend` takes, filled when an archive changed; what did not change is not imported again.

    Raises:
        ClusterError: containerd is missing or refuses an archive.
    """
    names = [archive.name for archive in archives]
    entry = cache.folder() / "nodes" / f"images-{hashlib.sha256(' '.join(names).encode()).hexdigest()[:12]}"
    with cache.locked(entry.with_name("images")):
        if not entry.exists():
            progress("importing images into containerd (again only when one changes)")
            _fill(entry, archives, progress)
        inputs.keep_newest(entry, "images-*")
    return entry


def lend(store: Path, root: Path) -> None:
    """Make containerd's root folder for one cluster, which may change and remove it as it likes."""
    linked = store.stat().st_dev == root.parent.stat().st_dev
    done = subprocess.run(
        ["cp", "--archive", *(["--link"] if linked else []), store / _ROOT, root],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ClusterError(f"the images in {store} could not be lent to {root}: {done.stderr.strip()}; delete {store}")
    for database in root.glob(_DATABASES):
        copy = database.with_suffix(".copy")
        shutil.copyfile(database, copy)
        copy.replace(database)


def _fill(entry: Path, archives: Sequence[Path], progress: Callable[[str], None]) -> None:
    with cache.scratch(entry) as scratch:
        known = _begin_with_latest(entry, scratch / _ROOT)
        with _containerd(scratch / _ROOT, debian.layer(progress)) as importer:
            for archive in archives:
                if archive.name not in known:
                    importer.load(archive)
            importer.collect_garbage()
        (scratch / _ARCHIVES).write_text("\n".join(archive.name for archive in archives))
        made = scratch / entry.name
        made.mkdir()
        for part in (_ROOT, _ARCHIVES):
            (scratch / part).rename(made / part)
        made.rename(entry)


def _begin_with_latest(entry: Path, root: Path) -> list[str]:
    """Begin with the images of the store that was used last, and return the names of their archives."""
    others = sorted(entry.parent.glob(f"images-*/{_ARCHIVES}"), key=lambda path: path.parent.stat().st_mtime)
    if not others:
        return []
    lend(others[-1].parent, root)
    return others[-1].read_text().splitlines()


@dataclass(frozen=True)
class _Importer:
    """A containerd without containers."""

    socket: Path
    usr: Path | None

    def load(self, archive: Path) -> None:
        done = self._ctr("--namespace", "k8s.io", "images", "import", str(archive))
        if done.returncode:
            said = done.stderr.strip() or done.stdout.strip()
            raise ClusterError(f"containerd does not import {archive}: {said}; delete it, and it is made again")

    def collect_garbage(self) -> None:
        """Let go of the layers that no image has any more: containerd does so when a lease ends."""
        for step in (("create", "--id", "garbage"), ("delete", "--sync", "garbage")):
            done = self._ctr("--namespace", "k8s.io", "leases", *step)
            if done.returncode:
                raise ClusterError(f"containerd does not collect its garbage: {done.stderr.strip()}")

    def answers(self) -> bool:
        return self._ctr("version").returncode == 0

    def _ctr(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = debian.command(["ctr", "--address", self.socket, *arguments], self.usr)
        return subprocess.run(command, capture_output=True, text=True, check=False)


@contextlib.contextmanager
def _containerd(root: Path, usr: Path | None) -> Iterator[_Importer]:
    # Not in the cache: the path of a socket has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="okta-event-hooks-images-") as name:
        state = Path(name)
        importer = _Importer(state / "containerd.sock", usr)
        (state / "config.toml").write_text(
            f'version = 2\nroot = "{root}"\nstate = "{state / "state"}"\n'
            f'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n[grpc]\naddress = "{importer.socket}"\n{_GARBAGE_STAYS}'
        )
        # It must not outlive us, however we end.
        argv: list[str | Path] = [
            "setpriv",
            "--pdeathsig",
            "KILL",
            "--",
            "containerd",
            "--config",
            state / "config.toml",
        ]
        with (state / "log").open("wb") as log:
            process = subprocess.Popen(debian.command(argv, usr), stdout=log, stderr=log)
        with process:
            try:
                _wait_until_it_answers(importer, process, state / "log")
                yield importer
            finally:
                process.terminate()


def _wait_until_it_answers(importer: _Importer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _ANSWERS_WITHIN
    while not importer.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            last = log.read_text().strip().splitlines()[-1:]
            raise ClusterError(f"containerd does not start to import images: {' '.join(last)}")
        time.sleep(0.05)
