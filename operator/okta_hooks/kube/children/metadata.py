"""What says of a child whose it is.

Labels of the hook are not copied, and `app.kubernetes.io/instance` is not set: Argo CD may track by either, and would
take our children for its own and prune them.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from okta_hooks.api.group import API_VERSION, GROUP
from okta_hooks.api.resource import OKTA_EVENT_HOOK
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject

HOOK_LABEL = f"{GROUP}/hook"
MANAGED_BY = "okta-event-hooks"
COMPONENT_LABEL = "app.kubernetes.io/component"
RECEIVER, DISPATCHER = "receiver", "dispatcher"
"""The components of a hook; where they share a pod, its label says receiver."""


def identity(hook_name: str) -> dict[str, str]:
    """The labels by which children of a hook are found; they never change."""
    return {"app.kubernetes.io/managed-by": MANAGED_BY, HOOK_LABEL: hook_name}


def part(hook_name: str, component: str) -> dict[str, str]:
    """The labels by which the pods of a component are found where it has pods of its own; they never change."""
    return {**identity(hook_name), COMPONENT_LABEL: component}


def labels(hook_name: str, component: str = RECEIVER) -> dict[str, str]:
    """All labels of a child."""
    return {
        "app.kubernetes.io/name": "okta-event-hooks",
        COMPONENT_LABEL: component,
        "app.kubernetes.io/part-of": "okta-event-hooks",
        **identity(hook_name),
    }


def owned(
    hook: Hook, name: str, annotations: Mapping[str, str] | None = None, *, component: str = RECEIVER
) -> JsonObject:
    """Metadata of a child that goes when its hook goes."""
    written = independent(hook, name, component)
    written["ownerReferences"] = [
        {
            "apiVersion": API_VERSION,
            "kind": OKTA_EVENT_HOOK.kind,
            "name": hook.name,
            "uid": hook.uid,
            "controller": True,
            "blockOwnerDeletion": True,
        }
    ]
    if annotations:
        written["annotations"] = {**annotations}
    return written


def independent(hook: Hook, name: str, component: str = RECEIVER) -> JsonObject:
    """Metadata of a child that outlives its hook, until the operator deletes it."""
    return {"name": name, "namespace": hook.namespace, "labels": as_json(labels(hook.name, component))}


def as_json(strings: Mapping[str, str]) -> JsonValue:
    """Strings by name as a part of a manifest."""
    return {**strings}
