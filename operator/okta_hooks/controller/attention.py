"""Which changes of an object call for a look at it. Our own writes to a status must not, or there is never rest."""

from __future__ import annotations

from dataclasses import dataclass

from okta_hooks.api.group import GROUP
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.objects import Metadata, Resource

RECONCILE_AT = f"{GROUP}/reconcile-at"
"""An annotation of the user's own: whatever its value is, changing it asks for a look now."""


@dataclass(frozen=True)
class Seen:
    """The part of an object's metadata whose change means something."""

    uid: str
    generation: int
    deletion_timestamp: str | None
    reconcile_at: str | None


class Attention:
    """Remembers what was seen of each object."""

    def __init__(self) -> None:
        self._seen: dict[WorkKey, Seen] = {}

    def is_news(self, work: WorkKey, metadata: Metadata) -> bool:
        """Whether an object is new, or another than when this was last asked."""
        seen = Seen(
            metadata.uid, metadata.generation, metadata.deletion_timestamp, metadata.annotations.get(RECONCILE_AT)
        )
        before = self._seen.get(work)
        self._seen[work] = seen
        return before != seen

    def forget(self, work: WorkKey) -> None:
        """The object is gone."""
        self._seen.pop(work, None)

    def uids(self, resource: Resource) -> frozenset[str]:
        """The uids of all objects of a kind that exist."""
        return frozenset(seen.uid for work, seen in self._seen.items() if work.resource == resource)
