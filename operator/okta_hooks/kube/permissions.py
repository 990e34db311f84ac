"""What the operator's role must allow: a verb for each call of the client, and no other.

The manifests' roles are made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from okta_hooks.kube.children.family import KINDS
from okta_hooks.kube.objects import Resource
from okta_hooks.kube.resources import (
    CLUSTER_ORG,
    CLUSTER_SINK,
    DEFINITION,
    DEPLOYMENT,
    EVENT,
    HOOK,
    HTTP_ROUTE,
    INGRESS,
    LEASE,
    NAMESPACE,
    ORG,
    POD,
    SECRET,
    SINK,
)

Verb = Literal["get", "list", "watch", "create", "update", "patch", "delete"]
Reach = Literal["cluster", "namespaces", "own"]
"""Where it is granted: for the whole cluster, in each namespace that has hooks, or in the operator's own."""

LEASE_NAME = "okta-event-hooks"
"""Name of the operator's Lease."""

_KEEP: tuple[Verb, ...] = ("get", "list", "create", "patch", "delete")
_WATCHED = (DEPLOYMENT, INGRESS, HTTP_ROUTE)
"""Kinds of children whose changes are followed; the others are looked at with every reconcile."""


@dataclass(frozen=True)
class Permission:
    """Verbs on a resource.

    Args:
        resource: On what.
        verbs: Which.
        why: What stops working without.
        subresource: Such as `status`; empty for the object itself.
        reach: Where.
        names: Of which objects; of all where empty. A new object's name is not known when it is asked for.
    """

    resource: Resource
    verbs: tuple[Verb, ...]
    why: str
    subresource: str = ""
    reach: Reach = "namespaces"
    names: tuple[str, ...] = ()


def _followed(resource: Resource, reach: Reach) -> tuple[Permission, ...]:
    """What is done with every custom resource: it is read, and its status says what was seen."""
    return (
        Permission(resource, ("get", "list", "watch"), f"follow {resource.plural}", reach=reach),
        Permission(resource, ("patch",), "say what was seen", subresource="status", reach=reach),
    )


def _child(kind: Resource) -> Permission:
    watch: tuple[Verb, ...] = ("watch",) if kind in _WATCHED else ()
    return Permission(kind, (*_KEEP, *watch), f"make and keep {kind.plural}")


PERMISSIONS: tuple[Permission, ...] = (
    *_followed(HOOK, "namespaces"),
    Permission(HOOK, ("patch",), "mark hooks with a finalizer"),
    Permission(HOOK, ("update",), "let children block a hook's deletion", subresource="finalizers"),
    *_followed(ORG, "namespaces"),
    *_followed(CLUSTER_ORG, "cluster"),
    *_followed(SINK, "namespaces"),
    *_followed(CLUSTER_SINK, "cluster"),
    *(_child(kind) for kind in KINDS if kind != SECRET),
    Permission(SECRET, ("get", "create", "patch", "delete"), "read what objects name; keep its own; list nobody's"),
    Permission(POD, ("list", "watch"), "say why a receiver does not become ready"),
    Permission(EVENT, ("get", "create", "update"), "tell of transitions"),
    Permission(LEASE, ("create",), "let one of several operators act", reach="own"),
    Permission(LEASE, ("get", "update"), "let one of several operators act", reach="own", names=(LEASE_NAME,)),
    Permission(LEASE, ("list", "watch"), "see that the watch still hears", names=(LEASE_NAME,)),
    Permission(DEFINITION, ("list", "watch"), "see kinds that are installed later", reach="cluster"),
    Permission(NAMESPACE, ("get",), "know a namespace's labels, and the installation", reach="cluster"),
)
