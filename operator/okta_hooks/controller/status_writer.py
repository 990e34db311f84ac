"""Writing a status, and telling people and metrics of what has changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okta_hooks.api.model import ApiModel
from okta_hooks.api.values import Condition
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.transitions import happenings
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.events import EventRecorder
from okta_hooks.kube.objects import JsonObject, Manifest, Metadata


@dataclass(frozen=True)
class StatusWriter:
    """Writes the statuses of this operator's objects.

    Args:
        api: Where to.
        events: Tells people.
        metrics: Tells Prometheus.
    """

    api: KubernetesApi
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

    async def announce(self, before: Sequence[Condition], after: Sequence[Condition]) -> None:
        """Tell of what is new among conditions."""
        self._writer.metrics.show(self._work, after)
        resource = self._work.resource
        regarding = Manifest(api_version=resource.api_version, kind=resource.kind, metadata=self._metadata)
        for happening in happenings(before, after):
            await self._writer.events.record(regarding, happening)


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
