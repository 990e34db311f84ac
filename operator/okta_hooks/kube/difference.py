"""What has to be done so that a hook's children are as they should be: pure, from what is wanted and what is there.

The API server completes and rewrites what it is given, so manifests and objects can't be compared. Instead, digests are
remembered: of the manifest that was applied, and of what everybody had made of the object by then. While both are the
same there is nothing to apply. When somebody changed the object it is applied once more, which gives our fields their
values again and costs the API server nothing where they still have them; so a controller that completes its own
fields leads to one more call, and to no loop.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from okta_hooks.kube.children.family import Child
from okta_hooks.kube.children.metadata import identity
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject, Manifest, Metadata, ObjectKey, Resource
from okta_hooks.kube.resources import CLAIM

ChildId = tuple[Resource, ObjectKey]
Live = Mapping[ChildId, JsonObject]
"""The children of a hook that are there."""

_VOLATILE = ("managedFields", "resourceVersion", "generation")  # which change with each write, and with the status


@dataclass(frozen=True)
class Settled:
    """What was applied last, and what came of it."""

    wanted: str
    seen: str


@dataclass(frozen=True)
class Difference:
    """What to do: apply, then delete."""

    apply: tuple[Child, ...]
    delete: tuple[ChildId, ...]


def difference(hook: Hook, wanted: Iterable[Child], live: Live, settled: Mapping[ChildId, Settled]) -> Difference:
    """Apply what is missing, changed here or changed there; delete what is ours and no longer wanted."""
    by_id = {child_id(child): child for child in wanted}
    return Difference(
        apply=tuple(child for key, child in by_id.items() if not _is_settled(child, live.get(key), settled.get(key))),
        delete=tuple(key for key, found in live.items() if key not in by_id and _is_to_go(hook, found)),
    )


def child_id(child: Child) -> ChildId:
    """Which object a child is."""
    resource, manifest = child
    return resource, Manifest.model_validate(manifest).key


def settle(manifest: JsonObject, result: JsonObject) -> Settled:
    """What to remember of an apply."""
    return Settled(_digest(manifest), _fingerprint(result))


def belongs(hook: Hook, resource: Resource, found: JsonObject) -> bool:
    """Whether an object is this hook's. A claim has no owner; its labels say which hook it is for."""
    metadata = Manifest.model_validate(found).metadata
    if resource == CLAIM:
        return identity(hook.name).items() <= metadata.labels.items()
    return _is_controlled(metadata, hook.uid)


def _is_to_go(hook: Hook, found: JsonObject) -> bool:
    metadata = Manifest.model_validate(found).metadata
    return _is_controlled(metadata, hook.uid) and metadata.deletion_timestamp is None


def _is_controlled(metadata: Metadata, uid: str) -> bool:
    return any(owner.controller and owner.uid == uid for owner in metadata.owner_references)


def _is_settled(child: Child, found: JsonObject | None, settled: Settled | None) -> bool:
    return found is not None and settled == Settled(_digest(child[1]), _fingerprint(found))


def _fingerprint(found: JsonObject) -> str:
    metadata = found.get("metadata")
    kept = {key: value for key, value in found.items() if key != "status"}
    if isinstance(metadata, dict):
        kept["metadata"] = {key: value for key, value in metadata.items() if key not in _VOLATILE}
    return _digest(kept)


def _digest(written: JsonObject) -> str:
    return blake2b(json.dumps(written, sort_keys=True).encode(), digest_size=16).hexdigest()
