"""Writing a status, and telling people and metrics of what has changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from okta_hooks.api.model import ApiModel
from okta_hooks.api.values import Condition
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.transitions import happenings
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.events import EventRecorder, Happening
from okta_hooks.kube.objects import JsonObject, Manifest, Metadata, Resource


class Statuses(Protocol):
    """Where statuses are; a part of `okta_hooks.kube.api.KubernetesApi`."""

    async def apply_status(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        """Let the status of an object be so if nobody has changed the object since it was read, else Conflict."""


@dataclass(frozen=True)
class StatusWriter:
    """Writes the statuses of this operator's objects.

    Args:
        api: Where to.
        events: Tells people.
        metrics: Tells Prometheus.
    """

    api: Statuses
    events: EventRecorder
    metrics: Metrics

    def page(self, work: WorkKey, metadata: Metadata) -> StatusPage:
        """The status of an object as it was just read."""
        return StatusPage(self, work, metadata)


class StatusPage:
    """The status of one object during one reconcile: nobody else's change since the object was read is written over.

    Args:
        writer: Writes.
        work: Which object.
        metadata: What was read of it.
    """

    def __init__(self, writer: StatusWriter, work: WorkKey, metadata: Metadata) -> None:
        self._writer = writer
        self._work = work
        self._metadata = metadata

    async def write(self, status: ApiModel) -> None:
        """Let the status be this.

        Raises:
            KubernetesError: It could not be written; Conflict or NotFound when the object is another one by now.
        """
        applied = await self._writer.api.apply_status(
            self._work.resource, _manifest(self._work, self._metadata.resource_version, status)
        )
        self._metadata = Manifest.model_validate(applied).metadata

    async def mention(self, happenings: Iterable[Happening]) -> None:
        """Tell people of what has happened."""
        resource = self._work.resource
        regarding = Manifest(api_version=resource.api_version, kind=resource.kind, metadata=self._metadata)
        for happening in happenings:
            await self._writer.events.record(regarding, happening)

    async def tell(self, before: Sequence[Condition], after: Sequence[Condition], news: ApiModel | None) -> None:
        """Tell of what is new among conditions, and then let the status be the news, where it is any.

        The status is what the next look compares with. Written first, it would let Events be lost with an operator
        that ends in between; written last, it lets the same Events be told again, which adds to their count.

        Raises:
            KubernetesError: The status could not be written, as of `write`.
        """
        self._writer.metrics.show(self._work, after)
        await self.mention(happenings(before, after))
        if news is not None:
            await self.write(news)


def _manifest(work: WorkKey, resource_version: str, status: ApiModel) -> JsonObject:
    metadata: JsonObject = {"name": work.key.name, "resourceVersion": resource_version}
    if work.key.namespace:
        metadata["namespace"] = work.key.namespace
    return {
        "apiVersion": work.resource.api_version,
        "kind": work.resource.kind,
        "metadata": metadata,
        "status": status.model_dump(mode="json", by_alias=True, exclude_none=True),
    }
