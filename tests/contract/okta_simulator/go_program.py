"""The program of `tests/contract/go`, built once and kept in the cache."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from localcluster import cache, gotoolchain

_SOURCES = Path(__file__).parents[1] / "go"


class BuildFailed(Exception):
    """One sentence: what the compiler said."""


def find(progress: Callable[[str], None]) -> Path:
    """The program.

    Args:
        progress: Is told when it is built, which takes a minute.

    Raises:
        BuildFailed: It can't be built.
        ClusterError: Go is missing and can't be installed.
    """
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(_SOURCES.iterdir()))).hexdigest()[:12]
    entry = cache.folder() / "bin" / f"okta-sdk-golang-{digest}"
    with cache.locked(entry):
        if not entry.exists():
            go = gotoolchain.find(progress)
            progress(f"building the program on Okta's SDK for Go (once; it is kept as {entry})")
            with cache.scratch(entry) as scratch:
                _build(go, scratch / entry.name)
                (scratch / entry.name).rename(entry)
    return entry


def _build(go: Path, target: Path) -> None:
    environment = {"CGO_ENABLED": "0", "GOWORK": "off", "GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local"}
    built = subprocess.run(
        [go, "build", "-trimpath", "-ldflags=-s -w", "-o", target, "."],
        cwd=_SOURCES,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode:
        raise BuildFailed(f"the program in {_SOURCES} could not be built with {go}: {built.stderr.strip()}")
