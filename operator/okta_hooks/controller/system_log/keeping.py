"""Where a poll has come to, kept in a ConfigMap in the operator's namespace: nothing is written to a user's object."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.children.metadata import MANAGED_BY
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey
from okta_hooks.kube.resources import CONFIG_MAP
from okta_hooks.system_log.kept import Kept, read_kept

_KEY = "poll.json"

_log = logging.getLogger(__name__)


class _ConfigMap(ApiModel):
    data: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class ConfigMapKeeper:
    """`okta_hooks.system_log.kept.Keeper` for the poll that an organisation object leads.

    Args:
        api: Where ConfigMaps are.
        namespace: The operator's.
        org: The object.
        sharing: Tells the objects that share the poll: one of them may have led it before.
    """

    api: KubernetesApi
    namespace: str
    org: WorkKey
    sharing: Callable[[], Sequence[WorkKey]] = tuple

    @property
    def key(self) -> ObjectKey:
        """The ConfigMap."""
        return _key(self.namespace, self.org)

    async def load(self) -> Kept | None:
        """See `Keeper`."""
        for org in dict.fromkeys((self.org, *self.sharing())):
            kept = await self._load(_key(self.namespace, org))
            if kept is not None:
                return kept
        return None

    async def save(self, kept: Kept) -> None:
        """See `Keeper`."""
        await self.api.apply(CONFIG_MAP, self._manifest(kept))

    async def _load(self, key: ObjectKey) -> Kept | None:
        try:
            found = _ConfigMap.model_validate(await self.api.get(CONFIG_MAP, key))
        except errors.NotFound:
            return None
        kept = read_kept(found.data.get(_KEY, ""))
        if kept is None:
            _log.warning("ConfigMap %s does not tell how far the System Log of %s was read", key, self.org)
        return kept

    async def forget(self) -> None:
        """The organisation object is gone.

        Raises:
            KubernetesError: The ConfigMap could not be deleted.
        """
        try:
            found = Manifest.model_validate(await self.api.get(CONFIG_MAP, self.key))
        except errors.NotFound:
            return
        await self.api.delete(CONFIG_MAP, self.key, uid=found.metadata.uid)

    def _manifest(self, kept: Kept) -> JsonObject:
        return {
            "apiVersion": CONFIG_MAP.api_version,
            "kind": CONFIG_MAP.kind,
            "metadata": {
                "name": self.key.name,
                "namespace": self.key.namespace,
                "labels": {"app.kubernetes.io/managed-by": MANAGED_BY, "app.kubernetes.io/part-of": MANAGED_BY},
            },
            "data": {_KEY: kept.text()},
        }


def _key(namespace: str, org: WorkKey) -> ObjectKey:
    parts = (org.resource.kind.lower(), org.key.namespace, org.key.name)
    return ObjectKey(namespace, ".".join(("okta-event-hooks-system-log", *filter(None, parts))))
