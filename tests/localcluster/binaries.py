"""Find a program of the cluster: in KUBEBUILDER_ASSETS, in the cache, else build it with Go and keep it."""

import hashlib
import os
import platform
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from localcluster import cache, gotoolchain
from localcluster.errors import ClusterError
from localcluster.versions import MODULES, GoModule

SOURCES = Path(__file__).parent / "modules"
_PROGRESS_EVERY = 10.0
"""Seconds between two lines about a build that goes on."""


def find(name: str, progress: Callable[[str], None]) -> Path:
    """The path of one program; see `find_all`."""
    return find_all([name], progress)[name]


def find_all(names: Iterable[str], progress: Callable[[str], None]) -> Mapping[str, Path]:
    """The paths of programs by name, built first where neither KUBEBUILDER_ASSETS nor the cache has them.

    Args:
        names: programs that `versions.MODULES` lists.
        progress: is told what a build does, a line at a time; a first build takes minutes.

    Raises:
        ClusterError: the cache is broken, Go is missing or a build failed.
    """
    return {name: _given(name) or cached(_module_of(name), name, SOURCES, progress) for name in names}


def _given(name: str) -> Path | None:
    assets = os.environ.get("KUBEBUILDER_ASSETS")
    path = Path(assets) / name if assets else None
    return path if path and os.access(path, os.X_OK) else None


def cached(module: GoModule, name: str, sources: Path, progress: Callable[[str], None]) -> Path:
    """The path of a program in the cache, built first where it is not there.

    Args:
        module: the module whose program it is.
        name: the program.
        sources: where the module's folder is.
        progress: is told what a build does.

    Raises:
        ClusterError: the cache is broken, Go is missing or a build failed.
    """
    entry = cache.folder() / "bin" / f"{module.folder}-{fingerprint(module, sources)}" / name
    if not entry.exists():
        with cache.locked(entry):
            if not entry.exists():
                _build(module, name, sources / module.folder, entry, progress)
    if not (entry.is_file() and entry.stat().st_size and os.access(entry, os.X_OK)):
        raise ClusterError(
            f"{entry} in the cache is no program that can run; delete it, the next start builds it again"
        )
    return entry


def _module_of(name: str) -> GoModule:
    for module in MODULES:
        if name in module.programs:
            return module
    raise ClusterError(f"{name} is not among the programs that versions.py lists; add it to a module there")


def fingerprint(module: GoModule, sources: Path) -> str:
    """What tells builds of a module apart: its pinned versions, settings and the machine's kind."""
    settings = [platform.system(), platform.machine(), str(sorted(module.defines.items())), *module.tags]
    digest = hashlib.sha256(" ".join(settings).encode())
    for file in ("go.mod", "go.sum"):
        digest.update((sources / module.folder / file).read_bytes())
    return digest.hexdigest()[:12]


def _build(module: GoModule, name: str, folder: Path, entry: Path, progress: Callable[[str], None]) -> None:
    go = gotoolchain.find(progress)
    linker = " ".join(["-s", "-w", *(f"-X {variable}={value}" for variable, value in module.defines.items())])
    with cache.scratch(entry) as scratch:
        target = scratch / name
        command: list[str | Path] = [
            go,
            "build",
            "-v",
            "-trimpath",
            f"-ldflags={linker}",
            f"-tags={','.join(module.tags)}",
            "-o",
            target,
            module.programs[name],
        ]
        progress(f"building {name} (once; it is kept in {entry.parent})")
        begun = time.monotonic()
        build = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "CGO_ENABLED": "0", "GOWORK": "off", "GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = _watch(build, name, progress)
        if build.returncode:
            raise ClusterError(f"building {name} with {go} failed: {said}")
        progress(f"built {name} in {time.monotonic() - begun:.0f} s")
        target.rename(entry)


def _watch(build: subprocess.Popen[str], name: str, progress: Callable[[str], None]) -> str:
    """Follow a build to its end and return its last lines. With `-v` it prints each package that it compiles."""
    last: deque[str] = deque(maxlen=5)
    told, packages = time.monotonic(), 0
    with build:
        try:
            for line in build.stderr or ():
                last.append(line.strip())
                packages += 1
                if time.monotonic() - told >= _PROGRESS_EVERY:
                    told = time.monotonic()
                    progress(f"  {name}: {packages} packages so far, now {last[-1]}")
        except BaseException:
            build.kill()
            raise
    return "; ".join(last)
