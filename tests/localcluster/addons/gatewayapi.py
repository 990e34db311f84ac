"""The Gateway API's CustomResourceDefinitions, from the Go module that its makers publish them in."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from localcluster import binaries, cache, gotoolchain
from localcluster.errors import ClusterError

_MODULE = "sigs.k8s.io/gateway-api"
_PINNED = binaries.SOURCES / "gateway-api"
_STANDARD_CHANNEL = "config/crd/standard"


def definitions(progress: Callable[[str], None]) -> Path:
    """A folder with the definitions of the standard channel, fetched when the cache has none.

    Raises:
        ClusterError: Go is missing, or the module is not reached or not the one that go.sum names.
    """
    digest = hashlib.sha256((_PINNED / "go.sum").read_bytes()).hexdigest()[:12]
    entry = cache.folder() / f"gateway-api-{digest}"
    with cache.locked(entry):
        if not entry.exists():
            progress(f"fetching the definitions of the Gateway API (once; kept in {entry})")
            source = _download(gotoolchain.find(progress)) / _STANDARD_CHANNEL
            with cache.scratch(entry) as scratch:
                made = scratch / entry.name
                made.mkdir()
                for file in source.glob("*.yaml"):
                    shutil.copyfile(file, made / file.name)
                made.rename(entry)
    return entry


def _download(go: Path) -> Path:
    done = subprocess.run(
        [go, "mod", "download", "-json", _MODULE],
        cwd=_PINNED,
        env={**os.environ, "GOWORK": "off", "GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = json.loads(done.stdout)["Error"] if done.stdout.startswith("{") else done.stderr.strip()
        raise ClusterError(f"{_MODULE} could not be fetched: {said}; see that Go's module proxy is reached")
    return Path(json.loads(done.stdout)["Dir"])
