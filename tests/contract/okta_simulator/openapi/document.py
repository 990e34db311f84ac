"""Okta's own description of its management API: the OpenAPI document that Okta's SDK for Go was made from.

It is read from the Go module, whose version and checksum `tests/contract/go` pins, and never copied into this
repository. Reading a megabyte of YAML takes a second, so that what was read is kept in the cache as JSON.
"""

from __future__ import annotations

import hashlib
import json
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


def read(progress: Callable[[str], None]) -> JsonObject:
    """The document.

    Args:
        progress: Is told where Go has to be installed first.

    Raises:
        ClusterError: Go is missing and can't be installed, or the module can't be fetched.
    """
    digest = hashlib.sha256((_PINNED / "go.sum").read_bytes()).hexdigest()[:12]
    entry = cache.folder() / f"okta-openapi-{digest}.json"
    with cache.locked(entry):
        if not entry.exists():
            source = gotoolchain.module(_MODULE, _PINNED, progress) / _FILE
            document = yaml.load(source.read_bytes(), Loader=yaml.CSafeLoader)
            with cache.scratch(entry) as scratch:
                made = scratch / entry.name
                made.write_text(json.dumps(document, default=str))  # YAML takes examples of dates for dates
                made.rename(entry)
    content: JsonObject = json.loads(entry.read_text())
    return content
