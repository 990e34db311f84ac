"""Kubernetes Events: one where something changed, so that `kubectl describe` tells the story."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Literal

from okta_hooks.api.model import ApiModel
from okta_hooks.kube import errors
from okta_hooks.kube.api import ObjectStore
from okta_hooks.kube.objects import JsonObject, Manifest, micro_time
from okta_hooks.kube.resources import EVENT

REPORTER = "oktahooks.dev/operator"

_NOTE_AT_MOST = 1024  # bytes that the API allows
_HOME_OF_CLUSTER_OBJECTS = "default"  # the namespace of Events about objects that have none

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Happening:
    """Something that changed.

    Args:
        type: Whether somebody should look.
        reason: One word, that of the condition.
        action: What the operator was doing, in one word such as `Reconcile`.
        note: A sentence.
    """

    type: Literal["Normal", "Warning"]
    reason: str
    action: str
    note: str


class _Series(ApiModel):
    count: int = 1


class _Event(ApiModel):
    series: _Series = _Series()


class EventRecorder:
    """Writes Events. The same happening is one Event with a count for as long as the API server keeps it (an hour).

    Args:
        api: Where to.
        instance: Which operator reports; its pod's name.
        now: The time, in UTC.
    """

    def __init__(
        self, api: ObjectStore, instance: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._api = api
        self._instance = instance
        self._now = now

    async def record(self, regarding: Manifest, happening: Happening) -> None:
        """Tell of something. An Event is for people: one that can't be written is logged and holds nothing up."""
        event = _manifest(regarding, happening, self._instance, micro_time(self._now()))
        try:
            await self._create_or_count(event)
        except errors.KubernetesError as error:  # such as Forbidden, in a namespace that is being deleted
            _log.info("An Event about %s was not written (%s): %s", regarding, error, happening.note)

    async def _create_or_count(self, event: JsonObject) -> None:
        with contextlib.suppress(errors.Conflict):
            await self._api.create(EVENT, event)
            return
        found = await self._api.get(EVENT, Manifest.model_validate(event).key)
        count = _Event.model_validate(found).series.count + 1
        again: JsonObject = {**found, "series": {"count": count, "lastObservedTime": event["eventTime"]}}
        await self._api.replace(EVENT, again)


def _manifest(regarding: Manifest, happening: Happening, instance: str, time: str) -> JsonObject:
    metadata = regarding.metadata
    return {
        "apiVersion": EVENT.api_version,
        "kind": EVENT.kind,
        "metadata": {
            "name": _name(regarding, happening),
            "namespace": metadata.namespace or _HOME_OF_CLUSTER_OBJECTS,
        },
        "eventTime": time,
        "type": happening.type,
        "reason": happening.reason,
        "action": happening.action,
        "note": happening.note.encode()[:_NOTE_AT_MOST].decode(errors="ignore"),
        "reportingController": REPORTER,
        "reportingInstance": instance,
        "regarding": {
            "apiVersion": regarding.api_version,
            "kind": regarding.kind,
            "name": metadata.name,
            "namespace": metadata.namespace,
            "uid": metadata.uid,
        },
    }


def _name(regarding: Manifest, happening: Happening) -> str:
    """The same for the same happening, so that a second one meets the first."""
    told = repr((regarding.metadata.uid, happening))
    digest = blake2b(told.encode(), digest_size=8).hexdigest()
    return f"{regarding.metadata.name}.{digest}"
