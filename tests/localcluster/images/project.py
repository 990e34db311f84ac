"""The project's own images, built by buildah from the Dockerfile at the root of the repository."""

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from localcluster import cache, debian
from localcluster.errors import ClusterError
from localcluster.images import archive, base, inputs, pipconf

ROOT = Path(__file__).parents[3]
TARGETS: Mapping[str, str] = {"operator": "localhost/okta-event-hooks:dev", "simulator": "localhost/okta-simulator:dev"}
"""Stage of the Dockerfile to the name of its image."""

_SLOW = ("Dockerfile", "locks/image.txt")
"""What the layers are made from that take long; each version of it gets a storage of its own."""
_ALL = (*_SLOW, ".dockerignore", "operator")


def ensure(progress: Callable[[str], None]) -> Path:
    """The archive of all images, built when the Dockerfile, the lock file or the code changed.

    Raises:
        ClusterError: a program is missing or the build failed.
    """
    entry = cache.folder() / "images" / f"project-{inputs.digest(ROOT, _ALL)}.tar"
    with cache.locked(entry.with_name("project")):
        if not entry.exists():
            _build(entry, progress)
    inputs.keep_newest(entry, "project-*.tar")
    return entry


def _build(entry: Path, progress: Callable[[str], None]) -> None:
    usr = debian.layer(progress)
    debian_image = base.ensure(usr, progress)
    storage = cache.folder() / "buildah" / inputs.digest(ROOT, _SLOW)
    with cache.scratch(entry) as scratch:
        buildah = Buildah(storage, scratch, usr)
        if buildah.has(base.REFERENCE):
            progress("building the project's images again, since the code changed")
        else:
            progress("building the project's images (about a minute; after a change of the code alone, seconds)")
            buildah.run("pull", f"docker-archive:{debian_image}")
        secrets = [f"--secret=id={name},src={path}" for name, path in pipconf.write(scratch).items()]
        archives = [buildah.build(target, reference, secrets) for target, reference in TARGETS.items()]
        merged = scratch / entry.name
        archive.merge(merged, archives)
        merged.rename(entry)
    _drop_others(storage)


@dataclass(frozen=True)
class Buildah:
    """buildah with storage and configuration of its own, so that the machine's containers are left alone."""

    storage: Path
    scratch: Path
    usr: Path | None
    """See `debian.layer`."""

    def has(self, reference: str) -> bool:
        """Whether an image is in the storage."""
        return self._start("images", "--quiet", reference).returncode == 0

    def build(self, target: str, reference: str, options: Sequence[str]) -> Path:
        """Build one stage, and write its image into an archive."""
        self.run(
            "build",
            "--layers",
            "--pull-never",
            # Without a network of their own, RUN steps reach packages as this machine does.
            "--isolation=chroot",
            "--network=host",
            f"--target={target}",
            f"--tag={reference}",
            f"--file={ROOT / 'Dockerfile'}",
            f"--ignorefile={ROOT / '.dockerignore'}",
            *options,
            str(ROOT),
        )
        written = self.scratch / f"{target}.tar"
        self.run("push", reference, f"docker-archive:{written}:{reference}")
        return written

    def run(self, command: str, *arguments: str) -> None:
        """Run one buildah command.

        Raises:
            ClusterError: it failed; the message has the last lines that it printed.
        """
        done = self._start(command, f"--signature-policy={self._policy()}", *arguments)
        if done.returncode:
            said = "; ".join(done.stdout.strip().splitlines()[-5:])
            raise ClusterError(
                f"buildah {command} failed on {ROOT / 'Dockerfile'}: {said}; if it is not the file's fault, delete "
                f"{self.storage}"
            )

    def _start(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        registries = self.scratch / "registries.conf"
        registries.write_text('unqualified-search-registries = ["docker.io"]\n')
        argv: list[str | Path] = [
            "env",
            f"CONTAINERS_REGISTRIES_CONF={registries}",
            "buildah",
            f"--root={self.storage}",
            f"--runroot={self.scratch / 'run'}",
            "--storage-driver=overlay",
            command,
            *arguments,
        ]
        return subprocess.run(
            debian.command(argv, self.usr), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )

    def _policy(self) -> Path:
        policy = self.scratch / "policy.json"
        policy.write_text('{"default": [{"type": "insecureAcceptAnything"}]}')
        return policy


def _drop_others(storage: Path) -> None:
    for other in storage.parent.iterdir():
        if other != storage and other.is_dir():
            shutil.rmtree(other)
