"""Images of single programs: what holds a pod, a shell for tests, the addons, and servers at a hook's ends."""

import sys
from collections.abc import Callable
from pathlib import Path

from localcluster import binaries, cache, debian
from localcluster.errors import ClusterError
from localcluster.images import archive, inputs

PAUSE = "localhost/pause:1"
BUSYBOX = "localhost/busybox:1"
COREDNS = "localhost/coredns:1"
PROVISIONER = "localhost/local-path-provisioner:1"
TRAEFIK = "localhost/traefik:1"
VICTORIA_LOGS = "localhost/victoria-logs:1"
NATS = "localhost/nats-server:1"

_COMMANDS = (
    "cat", "chmod", "chown", "cp", "date", "dd", "df", "du", "env", "false", "grep", "head", "hostname",
    "httpd", "id", "ip", "ls", "mkdir", "mv", "nc", "nslookup", "ping", "printf", "ps", "pwd", "rm", "sed",
    "seq", "sh", "sleep", "sort", "stat", "sync", "tail", "tar", "tee", "test", "touch", "tr", "true",
    "uname", "vi", "wc", "wget", "xargs",
)  # fmt: skip


def shell(progress: Callable[[str], None]) -> Path:
    """The archive of what every pod needs, pause, and of a shell for tests.

    Raises:
        ClusterError: busybox is missing and could not be fetched.
    """
    return _archive("shell", _shell_images(_busybox(progress)))


def addons(progress: Callable[[str], None]) -> list[Path]:
    """The archives of what `localcluster.addons` runs; each is made when its program changed.

    Raises:
        ClusterError: a program is missing or could not be built.
    """
    programs = {
        COREDNS: binaries.find("coredns", progress),
        PROVISIONER: binaries.find("local-path-provisioner", progress),
        TRAEFIK: _installed("traefik"),
    }
    return [_alone(image, program) for image, program in programs.items()]


def logs(progress: Callable[[str], None]) -> Path:
    """The archive of a store of logs that speaks the protocols of sinks.

    Raises:
        ClusterError: it could not be built.
    """
    return _alone(VICTORIA_LOGS, binaries.find("victoria-logs", progress))


def messages() -> Path:
    """The archive of a message broker that keeps streams.

    Raises:
        ClusterError: its program is missing.
    """
    return _alone(NATS, _installed("nats-server"))


def _archive(name: str, images: list[archive.Image]) -> Path:
    programs = [path for image in images for path in image.files.values()]
    entry = cache.folder() / "images" / f"{name}-{inputs.identity(*programs, text=repr(images))}.tar"
    with cache.locked(entry.with_name(name)):
        if not entry.exists():
            with cache.scratch(entry) as scratch:
                archive.write(scratch / entry.name, *images)
                (scratch / entry.name).rename(entry)
    inputs.keep_newest(entry, f"{name}-*.tar")
    return entry


def _shell_images(busybox: Path) -> list[archive.Image]:
    """Pause only has to stay: it holds a pod's network, and containerd ends it with SIGKILL."""
    pause = archive.Image(PAUSE, entrypoint=["/bin/busybox", "sleep", "inf"], files={"bin/busybox": busybox})
    shell = archive.Image(
        BUSYBOX,
        entrypoint=(),
        files={"bin/busybox": busybox},
        links={f"bin/{command}": "busybox" for command in _COMMANDS},
        folders={"tmp": 0o1777},
        environment=["PATH=/bin"],
    )
    return [pause, shell]


def _alone(reference: str, program: Path) -> Path:
    name = f"usr/local/bin/{program.name}"
    image = archive.Image(reference, entrypoint=[f"/{name}"], files={name: program}, folders={"tmp": 0o1777})
    return _archive(program.name, [image])


def _busybox(progress: Callable[[str], None]) -> Path:
    usr = debian.layer(progress)
    for folder in (usr, Path("/usr")):
        path = folder / "bin" / "busybox" if folder else None
        if path and path.exists():
            return path
    raise ClusterError("busybox is in neither /usr/bin nor the cache; on Debian: apt-get install busybox-static")


def _installed(program: str) -> Path:
    """A program that a PyPI package, of its name and `-bin`, put into the environment that runs this."""
    path = Path(sys.executable).parent / program
    if not path.exists():
        raise ClusterError(
            f"{program} is not beside {sys.executable}; run this through make, which installs {program}-bin"
        )
    return path
