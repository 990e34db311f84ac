"""The pods of a hook: one with both containers, or, with a stream as the journal, receivers and a dispatcher apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from okta_hooks.api.receiver import Receiver
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import as_json
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject

_USER = 65532  # the image's own; a number, so that the kubelet can see that it is not root
_PLACES = ("kubernetes.io/hostname", "topology.kubernetes.io/zone")
_GRACE = 30  # seconds to answer what is under way and to sync


def template(
    hook: Hook,
    installation: Installation,
    labels: Mapping[str, str],
    containers: Sequence[JsonObject],
    volumes: Sequence[JsonObject],
    *,
    spread: bool = False,
) -> JsonObject:
    """What a Deployment makes its pods from.

    Args:
        hook: Whose.
        installation: What all pods have in common.
        labels: What the pods are found by.
        containers: What runs in them.
        volumes: What these mount.
        spread: Whether pods with these labels rather run on nodes, and in zones, of their own.
    """
    receiver = hook.spec.receiver or Receiver()
    spec: JsonObject = {
        "serviceAccountName": names.receiver(hook.name),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": _GRACE,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": _USER,
            "runAsGroup": _USER,
            "fsGroup": _USER,
            "fsGroupChangePolicy": "OnRootMismatch",
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [*containers],
        "volumes": [*volumes],
    }
    if spread:
        spec["topologySpreadConstraints"] = [_apart(labels, key) for key in _PLACES]
    if installation.image_pull_secrets:
        spec["imagePullSecrets"] = [{"name": name} for name in installation.image_pull_secrets]
    return {
        "metadata": {"labels": as_json({**(receiver.pod_labels or {}), **labels})},
        "spec": {**spec, **_scheduling(receiver)},
    }


def _apart(labels: Mapping[str, str], place: str) -> JsonObject:
    return {
        "maxSkew": 1,
        "topologyKey": place,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": as_json(labels)},
    }


def _scheduling(receiver: Receiver) -> JsonObject:
    wanted: dict[str, JsonValue] = {}
    if receiver.node_selector:
        wanted["nodeSelector"] = as_json(receiver.node_selector)
    if receiver.tolerations:
        wanted["tolerations"] = [
            toleration.model_dump(mode="json", by_alias=True, exclude_none=True) for toleration in receiver.tolerations
        ]
    if receiver.priority_class_name:
        wanted["priorityClassName"] = receiver.priority_class_name
    return wanted
