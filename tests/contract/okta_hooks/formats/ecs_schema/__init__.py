"""The published Elastic Common Schema, from Elastic's own npm package at the version that `package-lock.json` pins.

It is never copied into this repository; what was read is kept in the cache as JSON.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from localcluster import cache
from servers.errors import ServerError, ServerMissing

_PINNED = Path(__file__).parent
_READ = (
    'const ecs = require("@elastic/ecs"); console.log(JSON.stringify({version: ecs.EcsVersion, fields: ecs.EcsFlat}))'
)


class AllowedValue(msgspec.Struct, frozen=True):
    """A value that a field may have.

    Attributes:
        name: The value.
        expected_event_types: Of a category: the types that go with it.
    """

    name: str
    expected_event_types: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True):
    """A field.

    Attributes:
        type: Elasticsearch's type of it.
        normalize: `["array"]`, if it always has a list of values.
        allowed_values: Its values, if it has certain ones only.
    """

    type: str
    normalize: tuple[str, ...] = ()
    allowed_values: tuple[AllowedValue, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it always has a list of values."""
        return "array" in self.normalize


class EcsSchema(msgspec.Struct, frozen=True):
    """All fields, by their dotted names."""

    version: str
    fields: Mapping[str, Field]


def published(progress: Callable[[str], None]) -> EcsSchema:
    """The schema.

    Args:
        progress: Is told what is fetched.

    Raises:
        ServerMissing: This machine has no npm.
        ServerError: npm does not get the package.
    """
    digest = hashlib.sha256((_PINNED / "package-lock.json").read_bytes()).hexdigest()[:12]
    entry = cache.folder() / f"ecs-{digest}.json"
    with cache.locked(entry):
        if not entry.exists():
            progress("fetching the Elastic Common Schema from npm (once; it is kept)")
            with cache.scratch(entry) as scratch:
                made = scratch / entry.name
                made.write_bytes(_fetched(scratch))
                made.rename(entry)
    return msgspec.json.decode(entry.read_bytes(), type=EcsSchema)


def _fetched(scratch: Path) -> bytes:
    for program in ("npm", "node"):
        if shutil.which(program) is None:
            raise ServerMissing(f"{program} is missing, which brings the Elastic Common Schema: install Node.js")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_PINNED / name, scratch)
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], scratch)
    return _run(["node", "--eval", _READ], scratch)


def _run(command: list[str], folder: Path) -> bytes:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise ServerError(
            f"{command[0]} did not bring the Elastic Common Schema: {done.stderr.decode().strip()[-500:]}"
        )
    return done.stdout
