"""Okta's own description of its management API: the OpenAPI document that Okta's SDK for Go was made from.

It is read from the Go module, whose version and checksum `tests/contract/go` pins, and never copied into this
repository. Reading a megabyte of YAML takes a second, so that what was read is kept in the cache as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import yaml

from localcluster import cache, gotoolchain

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
JsonObject: TypeAlias = dict[str, Json]

_PINNED = Path(__file__).parents[2] / "go"
_MODULE = "github.com/okta/okta-sdk-golang/v5"
_FILE = Path(".generator", "okta-management-APIs-oasv3-noEnums-inheritance.yaml")


class DocumentMissing(Exception):
    """One sentence: why there is no document, and what to do about it."""


def read(progress: Callable[[str], None]) -> JsonObject:
    """The document.

    Args:
        progress: Is told where Go has to be installed first.

    Raises:
        DocumentMissing: The module can't be fetched.
        ClusterError: Go is missing and can't be installed.
    """
    digest = hashlib.sha256((_PINNED / "go.sum").read_bytes()).hexdigest()[:12]
    entry = cache.folder() / f"okta-openapi-{digest}.json"
    with cache.locked(entry):
        if not entry.exists():
            source = _download(gotoolchain.find(progress)) / _FILE
            document = yaml.load(source.read_bytes(), Loader=yaml.CSafeLoader)
            with cache.scratch(entry) as scratch:
                made = scratch / entry.name
                made.write_text(json.dumps(document, default=str))  # YAML takes examples of dates for dates
                made.rename(entry)
    content: JsonObject = json.loads(entry.read_text())
    return content


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
        raise DocumentMissing(f"{_MODULE} could not be fetched: {said}; see that Go's module proxy is reached")
    return Path(json.loads(done.stdout)["Dir"])
