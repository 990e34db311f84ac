"""What the operator asks of the Kubernetes API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource


class ObjectStore(Protocol):
    """Objects read and written whole. Every method may raise each of `okta_hooks.kube.errors`, in a bounded time."""

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        """One object."""

    async def create(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """Make an object; Conflict when there is one of that name."""

    async def replace(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """Put an object in place of the one whose `metadata.resourceVersion` it carries, else Conflict."""


class KubernetesApi(ObjectStore, Protocol):
    """All verbs that the operator needs; errors and time as of `ObjectStore`."""

    async def list(
        self, resource: Resource, namespace: str, labels: Mapping[str, str] | None = None
    ) -> tuple[JsonObject, ...]:
        """All objects of a namespace that carry labels; of all namespaces where it is empty."""

    async def apply(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """Let an object be as the manifest says, in the fields that it names or named before; create it if missing."""

    async def apply_status(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """The same for the status of an object that nobody has changed since it was read, else Conflict.

        The manifest carries `metadata.resourceVersion`; the API server would not mind a wrong uid here.
        """

    async def set_finalizers(
        self, resource: Resource, key: ObjectKey, finalizers: tuple[str, ...], *, resource_version: str
    ) -> JsonObject:
        """Let these be the finalizers of an object that nobody has changed since it was read, else Conflict."""

    async def delete(self, resource: Resource, key: ObjectKey, *, uid: str) -> None:
        """Begin to delete that very object, what it owns in the background; it is no error if it is gone."""
