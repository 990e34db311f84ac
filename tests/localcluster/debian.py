"""Programs of Debian packages that this machine lacks: unpacked in the cache, not installed.

Installing containerd or buildah would start services, write below /etc, upgrade packages that have nothing to do
with us, and drive out Docker's own containerd. Unpacked, they are a folder that is laid over /usr in the mount
namespace where they are needed, and nobody else sees them.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from localcluster import cache
from localcluster.errors import ClusterError

PACKAGES: Mapping[str, str] = {
    "buildah": "bin/buildah",
    "busybox-static": "bin/busybox",
    "containerd": "bin/containerd",
    "containernetworking-plugins": "lib/cni/ptp",
    "debootstrap": "sbin/debootstrap",
    "iproute2": "bin/ip",
    "nftables": "sbin/nft",
    "runc": "sbin/runc",
}
"""The packages, each with a file below /usr that shows it is there."""

_MERGED = ("bin", "sbin", "lib", "lib64")
"""Links into /usr on every Debian since bookworm; packages still name some files by them."""


def missing(root: Path = Path("/"), packages: Mapping[str, str] = PACKAGES) -> tuple[str, ...]:
    """The packages that a machine lacks."""
    return tuple(package for package, file in packages.items() if not _is_there(root, file))


def _is_there(root: Path, file: str) -> bool:
    # Before Debian merged them, and with other packagers, a program may be in either of bin and sbin.
    return any(
        (root / "usr" / form).exists()
        for form in (file, re.sub(r"^s?bin/", "sbin/", file), re.sub(r"^s?bin/", "bin/", file))
    )


def layer(progress: Callable[[str], None]) -> Path | None:
    """A folder to lay over `/usr` that has what this machine lacks, or None where it lacks nothing.

    Args:
        progress: is told which packages are fetched.

    Raises:
        ClusterError: this machine has no apt-get, or apt-get does not get them.
    """
    names = missing()
    return unpacked({name: PACKAGES[name] for name in names}, progress) / "usr" if names else None


def unpacked(packages: Mapping[str, str], progress: Callable[[str], None]) -> Path:
    """A folder with packages, and with what they need that this machine lacks.

    Args:
        packages: each with a file below /usr that shows it is there.
        progress: is told which packages are fetched.

    Raises:
        ClusterError: this machine has no apt-get, or apt-get does not get them.
    """
    entry = cache.folder() / "debian" / hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    if not entry.exists():
        with cache.locked(entry):
            if not entry.exists():
                _unpack(packages, entry, progress)
    return entry


def command(argv: Sequence[str | Path], usr: Path | None) -> list[str | Path]:
    """A command that runs `argv` in a mount namespace of its own, with a layer over /usr when there is one."""
    lay = f"mount -t overlay -o lowerdir={usr}:/usr overlay /usr && " if usr else ""
    return ["unshare", "--mount", "--", "sh", "-c", f'{lay}exec "$@"', "sh", *argv]


def _unpack(packages: Mapping[str, str], entry: Path, progress: Callable[[str], None]) -> None:
    listed = ", ".join(packages)
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise ClusterError(
            f"this machine lacks {listed} (names of Debian packages) and has no apt-get to fetch them; install them"
        )
    progress(f"fetching Debian packages that this machine lacks, for tests alone: {listed}")
    with cache.scratch(entry) as scratch:
        apt = _Apt(scratch / "apt")
        apt.run("update")
        root = scratch / "root"
        for link in _MERGED:
            (root / "usr" / link).mkdir(parents=True)
            (root / link).symlink_to(f"usr/{link}")
        for archive in apt.download([*packages], scratch / "archives"):
            progress(f"  unpacking {archive.name}")
            _extract(archive, root)
        lacking = missing(root, packages)
        if lacking:
            raise ClusterError(f"apt-get brought no program of {', '.join(lacking)}; install them with apt-get install")
        root.rename(entry)


class _Apt:
    """apt-get with lists and archives of its own, so that the machine's stay as they are."""

    def __init__(self, folder: Path) -> None:
        for name in ("lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True)
        self._options = (
            f"--option=Dir::State::Lists={folder / 'lists'}",
            f"--option=Dir::Cache={folder / 'cache'}",
            "--option=APT::Sandbox::User=root",
        )

    def run(self, *arguments: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["apt-get", *self._options, *arguments], cwd=cwd, capture_output=True, text=True, check=False
        )
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise ClusterError(f"apt-get {arguments[0]} failed: {' '.join(last)}; see that apt's sources are reached")
        return done.stdout

    def download(self, names: Sequence[str], folder: Path) -> list[Path]:
        """The archives of packages and of what they need that is not installed; nothing installed is upgraded."""
        folder.mkdir()
        plan = self.run("install", "--simulate", "--no-install-recommends", *names)
        self.run("download", *additions(plan), cwd=folder)
        return sorted(folder.glob("*.deb"))


def additions(plan: str) -> list[str]:
    """What `apt-get install --simulate` would add, as `name=version`; upgrades (`Inst name [old] (new …)`) left out."""
    return [f"{name}={version}" for name, version in re.findall(r"^Inst (\S+) \((\S+) ", plan, re.MULTILINE)]


def _extract(archive: Path, root: Path) -> None:
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE) as contents:
        tar: list[str | Path] = ["tar", "--extract", "--keep-directory-symlink", "--directory", root]
        unpacked = subprocess.run(tar, stdin=contents.stdout, check=False)
    if contents.returncode or unpacked.returncode:
        raise ClusterError(f"{archive.name} could not be unpacked below {root}; is the disk full?")
