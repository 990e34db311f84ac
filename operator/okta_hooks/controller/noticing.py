"""From what the watch shows to what is reconciled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from okta_hooks.controller.attention import Attention
from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.children_seen import ChildrenSeen
from okta_hooks.controller.heartbeat import Heartbeat
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.controller.work_queue import WorkQueue
from okta_hooks.kube.children.metadata import HOOK_LABEL
from okta_hooks.kube.objects import Metadata, ObjectKey, Resource
from okta_hooks.kube.resources import CLUSTER_ORG, CLUSTER_SINK, HOOK, LEASE, ORG, SINK

_CHILDREN_SETTLE = timedelta(milliseconds=100)
"""A rollout changes several children at once: one look after that sees them all."""


@dataclass(frozen=True)
class Noticing:
    """Decides what an event calls for.

    Args:
        queue: What is reconciled.
        bindings: Which hooks depend on the object of an organisation or a sink.
        children: Told when a child has changed.
        heartbeat: Told when the operator's own Lease is seen.
        namespaces: Where hooks are served; every namespace where empty.
        lease: The operator's own Lease.
        attention: What was seen of each object.
    """

    queue: WorkQueue[WorkKey]
    bindings: Bindings
    children: ChildrenSeen
    heartbeat: Heartbeat
    namespaces: tuple[str, ...]
    lease: ObjectKey
    attention: Attention = field(default_factory=Attention)

    def __call__(self, resource: Resource, metadata: Metadata, gone: bool) -> None:  # noqa: FBT001 -- as watches tell
        """An object was listed, has changed, or is gone."""
        if resource == LEASE:
            if metadata.key == self.lease:
                self.heartbeat.heard()
        elif self._is_served(metadata.namespace):
            self._served(resource, metadata, gone=gone)

    def live_uids(self) -> frozenset[str]:
        """Uids of all OktaEventHooks that exist."""
        return self.attention.uids(HOOK)

    def _served(self, resource: Resource, metadata: Metadata, *, gone: bool) -> None:
        if resource not in (HOOK, ORG, CLUSTER_ORG, SINK, CLUSTER_SINK):
            self._child(metadata)
            return
        work = WorkKey(resource, metadata.key)
        if gone:
            self.attention.forget(work)
        elif not self.attention.is_news(work, metadata):
            return
        self.queue.add(work)
        for hook in self.bindings.hooks_of(work):
            self.queue.add(hook)

    def _child(self, metadata: Metadata) -> None:
        name = metadata.labels.get(HOOK_LABEL)
        if name is not None:
            hook = ObjectKey(metadata.namespace, name)
            self.children.changed(hook)
            self.queue.add(WorkKey(HOOK, hook), _CHILDREN_SETTLE)

    def _is_served(self, namespace: str) -> bool:
        return not (self.namespaces and namespace) or namespace in self.namespaces
