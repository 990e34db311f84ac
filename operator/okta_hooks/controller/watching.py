"""kopf lists and watches; each event that means something puts a key into the work queue, and nothing else happens.

Only `on.event` handlers: every other kind of kopf's handlers keeps its progress in annotations of the user's object.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import kopf

from okta_hooks.api.group import GROUP
from okta_hooks.kube.children.metadata import HOOK_LABEL, MANAGED_BY
from okta_hooks.kube.objects import Metadata, Resource
from okta_hooks.kube.resources import (
    CLUSTER_ORG,
    CLUSTER_SINK,
    DEPLOYMENT,
    HOOK,
    HTTP_ROUTE,
    INGRESS,
    LEASE,
    ORG,
    POD,
    SINK,
)

Noticed = Callable[[Resource, Metadata, bool], None]
"""Told of each event: the kind, the object's metadata, and whether the object is gone."""

CHILDREN = (DEPLOYMENT, POD, INGRESS, HTTP_ROUTE)
"""Kinds of children whose changes are watched; the others are looked at with every reconcile."""

_REQUEST_SECONDS, _CONNECT_SECONDS = 30, 10
_SERVER_SECONDS, _CLIENT_SECONDS = 300, 310  # of one watch, after which it begins again where it was


class Pauses(Iterable[float]):
    """Between attempts of a watch that fails, in seconds: ever longer, and without end.

    kopf gives up a kind in a namespace for good when the pauses come to an end, and says nothing but a line in the log:
    an operator whose rights in a namespace come later, or again, would not see what is in there.
    """

    _growing = (1.0, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0)

    def __iter__(self) -> Iterator[float]:
        return chain(self._growing, repeat(self._growing[-1]))


@dataclass(frozen=True)
class Scope:
    """What to watch.

    Args:
        namespaces: The operator's own and those that it serves; every namespace where empty.
        lease: Name of the operator's own Lease, whose changes show that the watch still hears.
    """

    namespaces: tuple[str, ...]
    lease: str

    @property
    def is_cluster_wide(self) -> bool:
        """Whether every namespace is watched."""
        return not self.namespaces

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The kinds to watch."""
        of_the_cluster = (CLUSTER_ORG, CLUSTER_SINK) if self.is_cluster_wide else ()
        return (HOOK, ORG, SINK, *of_the_cluster, *CHILDREN, LEASE)


async def watch(scope: Scope, noticed: Noticed, begun: Callable[[], None]) -> None:
    """Watch until cancelled, or until the watch has failed.

    Args:
        scope: What to watch.
        noticed: Told of each event.
        begun: Called once, when kopf has taken the process' signals, which it does somewhere in `spawn_tasks`: a
            handler of its startup may run before or after that.
    """
    others = asyncio.all_tasks()
    logging.getLogger("kopf").setLevel(logging.WARNING)  # else it says of every event that it was handled
    tasks = await kopf.spawn_tasks(
        registry=_registry(scope.resources, noticed),
        settings=_settings(scope),
        clusterwide=scope.is_cluster_wide,
        namespaces=scope.namespaces,
        standalone=True,
        # Else it asks for the user's name, which a number in a container has none of. The type is kopf's own secret.
        identity=MANAGED_BY,  # type: ignore[arg-type]
    )
    begun()
    await kopf.run_tasks(tasks, ignored=others)


def _registry(resources: Iterable[Resource], noticed: Noticed) -> kopf.OperatorRegistry:
    registry = kopf.OperatorRegistry()
    kopf.on.login(id="kubeconfig", registry=registry)(kopf.login_with_kubeconfig)
    kopf.on.login(id="service-account", registry=registry)(kopf.login_with_service_account)
    for resource in resources:
        _on_event(registry, resource, noticed)
    return registry


def _on_event(registry: kopf.OperatorRegistry, resource: Resource, noticed: Noticed) -> None:
    @kopf.on.event(resource.api_version, resource.plural, id=resource.plural, registry=registry)
    async def handle(*, event: kopf.RawEvent, **_: Any) -> None:  # noqa: ANN401 -- as kopf calls it
        noticed(resource, Metadata.model_validate(event["object"]["metadata"]), event["type"] == "DELETED")


def _settings(scope: Scope) -> kopf.OperatorSettings:
    settings = kopf.OperatorSettings()
    settings.persistence.finalizer = f"{GROUP}/never-set"  # else kopf takes other operators' finalizers off (its #664)
    settings.posting.enabled = False
    settings.posting.loggers = False
    settings.networking.request_timeout = _REQUEST_SECONDS
    settings.networking.connect_timeout = _CONNECT_SECONDS
    settings.networking.error_backoffs = Pauses()
    settings.watching.server_timeout = _SERVER_SECONDS
    settings.watching.client_timeout = _CLIENT_SECONDS
    settings.watching.connect_timeout = _CONNECT_SECONDS
    settings.watching.chunk_size = 500
    settings.queueing.worker_limit = 20
    settings.scanning.disabled = not scope.is_cluster_wide  # it needs rights in the whole cluster
    settings.process.ultimate_exiting_timeout = None  # it kills the thread, whoever else is in it
    for child in CHILDREN:
        settings.watching.label_selectors[child.api_version, child.plural] = (
            f"app.kubernetes.io/managed-by={MANAGED_BY},{HOOK_LABEL}"
        )
    settings.watching.field_selectors[LEASE.api_version, LEASE.plural] = f"metadata.name={scope.lease}"
    return settings
