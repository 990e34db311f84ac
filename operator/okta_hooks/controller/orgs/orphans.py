"""Hooks that had to be left behind in Okta, recorded where it survives the object and the namespace that they had."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.api.okta_org import ClusterOktaOrgSpec, OktaOrgStatus
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import Metadata
from okta_hooks.kube.resources import CLUSTER_ORG

_RECORDED_AT_MOST = 100

_log = logging.getLogger(__name__)


class _ClusterOrg(ApiModel):
    metadata: Metadata
    spec: ClusterOktaOrgSpec
    status: OktaOrgStatus = Field(default_factory=OktaOrgStatus)


@dataclass
class Orphans:
    """Records them in the status of the ClusterOktaOrgs of their organisation, in the log and as a metric.

    Args:
        api: Where ClusterOktaOrgs are.
        writer: Writes their statuses.
        metrics: Counts.
        is_cluster_wide: Whether there are ClusterOktaOrgs for this operator.
    """

    api: KubernetesApi
    writer: StatusWriter
    metrics: Metrics
    is_cluster_wide: bool
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def record(self, url: str, hook_ids: tuple[str, ...], whose: WorkKey) -> None:
        """Hooks of an organisation stay there though their object goes. Nothing here holds a deletion up for good.

        Raises:
            Conflict: Somebody else wrote the status meanwhile; it is tried again.
        """
        if not hook_ids:
            return
        _log.warning("%s is gone and leaves %s behind in %s: delete it there", whose, ", ".join(hook_ids), url)
        self._known[url] = merged(self._known.get(url, ()), hook_ids)
        try:
            await self._write(url, hook_ids)
        except errors.Conflict:
            raise
        except errors.KubernetesError as error:
            _log.warning("that %s leaves hooks behind is in no status: %s", whose, error)
        self.metrics.orphaned(len(hook_ids))

    async def _write(self, url: str, hook_ids: tuple[str, ...]) -> None:
        for found in await self.api.list(CLUSTER_ORG, "") if self.is_cluster_wide else ():
            org = _ClusterOrg.model_validate(found)
            if org.spec.url == url:
                both = merged(org.status.orphaned_hooks or (), hook_ids)
                status = org.status.model_copy(update={"orphaned_hooks": list(both)})
                await self.writer.page(WorkKey(CLUSTER_ORG, org.metadata.key), org.metadata).write(status)

    def of(self, url: str, recorded: Iterable[str], existing: frozenset[str]) -> tuple[str, ...]:
        """Those of an organisation that are still there: what was recorded before, and what became known since."""
        left = tuple(each for each in merged(recorded, self._known.get(url, ())) if each in existing)
        self._known[url] = left
        return left


def merged(before: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Both, each once, the latest of them where there are too many."""
    return tuple(dict.fromkeys((*before, *more)))[-_RECORDED_AT_MOST:]
