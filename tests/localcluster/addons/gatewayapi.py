"""The Gateway API's CustomResourceDefinitions, from the Go module that its makers publish them in."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from localcluster import binaries, cache, gotoolchain

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
            source = gotoolchain.module(_MODULE, _PINNED, progress) / _STANDARD_CHANNEL
            with cache.scratch(entry) as scratch:
                made = scratch / entry.name
                made.mkdir()
                for file in source.glob("*.yaml"):
                    shutil.copyfile(file, made / file.name)
                made.rename(entry)
    return entry
