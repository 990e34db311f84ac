"""Image archives, as `docker save` writes them, made without a builder: for images of a few files.

Layers are not compressed: an archive is written once and read at every start of a cluster, from the page cache.
The format is the one that containerd, Docker and buildah import (github.com/moby/docker-image-spec, v1.2).
"""

import hashlib
import io
import json
import platform
import tarfile
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
"""What the kernel calls this machine, and what images call it."""


@dataclass(frozen=True)
class Image:
    """One image of one layer."""

    reference: str
    entrypoint: Sequence[str]
    files: Mapping[str, Path] = field(default_factory=dict)
    """Path in the image to file on this machine; a folder stands for all that is in it."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Path in the image to what it points at."""
    folders: Mapping[str, int] = field(default_factory=dict)
    """Empty folders with their permissions."""
    user: str = "65532:65532"
    environment: Sequence[str] = ("PATH=/usr/local/bin:/usr/bin:/bin",)


def write(target: Path, *images: Image) -> None:
    """Write an archive of images."""
    with tarfile.open(target, "w") as archive:
        manifest = [_add(archive, image, target.parent) for image in images]
        _add_bytes(archive, "manifest.json", json.dumps(manifest).encode())


def merge(target: Path, sources: Iterable[Path]) -> None:
    """Write the images of several archives into one, with what they share in it once."""
    manifest: list[object] = []
    seen: set[str] = set()
    with tarfile.open(target, "w") as archive:
        for source in sources:
            with tarfile.open(source) as given:
                for member in given:
                    content = given.extractfile(member) if member.isfile() else None
                    if member.name == "manifest.json" and content:
                        manifest += json.load(content)
                    elif content and member.name not in seen:
                        seen.add(member.name)
                        archive.addfile(member, content)
        _add_bytes(archive, "manifest.json", json.dumps(manifest).encode())


def _add(archive: tarfile.TarFile, image: Image, folder: Path) -> dict[str, object]:
    with tempfile.TemporaryFile(dir=folder) as layer:
        _write_layer(layer, image)
        layer.seek(0)
        digest = hashlib.file_digest(layer, "sha256").hexdigest()
        if f"{digest}.tar" not in archive.getnames():
            _add_stream(archive, f"{digest}.tar", layer)
    configuration = json.dumps(
        {
            "architecture": MACHINES.get(platform.machine(), platform.machine()),
            "os": "linux",
            "config": {
                "Entrypoint": list(image.entrypoint),
                "User": image.user,
                "Env": list(image.environment),
                "WorkingDir": "/",
            },
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]},
            # A builder that adds layers to this image counts them here.
            "history": [{"created_by": "localcluster"}],
        }
    ).encode()
    name = f"{hashlib.sha256(configuration).hexdigest()}.json"
    _add_bytes(archive, name, configuration)
    return {"Config": name, "RepoTags": [image.reference], "Layers": [f"{digest}.tar"]}


def _write_layer(layer: IO[bytes], image: Image) -> None:
    with tarfile.open(fileobj=layer, mode="w") as content:
        for name, mode in image.folders.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode = tarfile.DIRTYPE, mode
            content.addfile(entry)
        for name, path in image.files.items():
            content.add(path, arcname=name, filter=_of_root if path.is_file() else None)
        for name, goal in image.links.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, goal
            content.addfile(entry)


def _of_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """The same entry without the time and owner of this machine, so that equal files make equal layers."""
    return entry.replace(mtime=0, uid=0, gid=0, uname="", gname="", deep=False)


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    _add_stream(archive, name, io.BytesIO(content))


def _add_stream(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    archive.addfile(entry, content)
