"""The pod that receives, and its Deployment.

Nothing restarts it but a change of what its command line says: secrets and sinks are files that are read again.
"""

from __future__ import annotations

from pydantic import JsonValue

from okta_hooks.api.receiver import Receiver
from okta_hooks.kube.children import containers, names, volumes
from okta_hooks.kube.children.metadata import as_json, identity, labels, owned
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject

_USER = 65532  # the image's own; a number, so that the kubelet can see that it is not root
_PROGRESS_DEADLINE = 300  # seconds without progress after which Kubernetes calls the rollout failed
_GRACE = 30  # seconds to answer what is under way and to sync


def deployment(hook: Hook, installation: Installation) -> JsonObject:
    """One pod at a time: the one before has ended when the next begins, since a journal has one writer."""
    receiver = hook.spec.receiver or Receiver()
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": owned(hook, names.receiver(hook.name)),
        "spec": {
            "replicas": 1,
            "revisionHistoryLimit": 2,
            "progressDeadlineSeconds": _PROGRESS_DEADLINE,
            "strategy": {"type": "Recreate", "rollingUpdate": None},  # else a change to Recreate would be refused
            "selector": {"matchLabels": as_json(identity(hook.name))},
            "template": {
                "metadata": {"labels": {**(receiver.pod_labels or {}), **labels(hook.name)}},
                "spec": {**_pod(hook, installation), **_scheduling(receiver)},
            },
        },
    }


def _pod(hook: Hook, installation: Installation) -> JsonObject:
    pod: JsonObject = {
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
        "containers": [containers.receiver(hook, installation), containers.dispatcher(installation)],
        "volumes": volumes.volumes(hook),
    }
    if installation.image_pull_secrets:
        pod["imagePullSecrets"] = [{"name": name} for name in installation.image_pull_secrets]
    return pod


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
