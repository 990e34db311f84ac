"""The Deployments of a hook.

Nothing restarts their pods but a change of what the command lines say: secrets and sinks are files that are read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okta_hooks.api.jet_stream import JetStreamJournal
from okta_hooks.kube.children import containers, names, pod, stream, volumes
from okta_hooks.kube.children.metadata import DISPATCHER, RECEIVER, as_json, identity, labels, owned, part
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject

_PROGRESS_DEADLINE = 300  # seconds without progress after which Kubernetes calls the rollout failed
_SETTLES = 5  # seconds that gateways may take to learn of a new receiver before an old one goes
_ONE_BY_ONE: JsonObject = {"type": "Recreate", "rollingUpdate": None}  # else a change to Recreate would be refused
_WITHOUT_A_GAP: JsonObject = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}


def deployments(hook: Hook, installation: Installation) -> Sequence[JsonObject]:
    """One of pods that do everything; with a stream as the journal, one that receives and one that dispatches."""
    shared = stream.of_hook(hook)
    if shared is None:
        return (_together(hook, installation),)
    return _receivers(hook, installation, shared), _dispatcher(hook, installation, shared)


def receivers_wanted(hook: Hook) -> int:
    """How many pods are to receive."""
    return (hook.spec.receiver.replicas if hook.spec.receiver is not None else None) or 1


def _together(hook: Hook, installation: Installation) -> JsonObject:
    """One pod at a time: the one before has ended when the next begins, since a journal has one writer."""
    both = [containers.receiver(hook, installation), containers.dispatcher(hook, installation)]
    template = pod.template(hook, installation, labels(hook.name), both, volumes.together(hook))
    spec: JsonObject = {"replicas": 1, "strategy": _ONE_BY_ONE, "template": template}
    return _deployment(hook, RECEIVER, identity(hook.name), spec)


def _receivers(hook: Hook, installation: Installation, shared: JetStreamJournal) -> JsonObject:
    """Replaced one by one, each after its successor is ready; on nodes and in zones of their own where there are."""
    template = pod.template(
        hook,
        installation,
        labels(hook.name),
        [containers.receiver(hook, installation)],
        volumes.of_lone_receiver(hook, shared),
        spread=True,
    )
    spec: JsonObject = {
        "replicas": receivers_wanted(hook),
        "minReadySeconds": _SETTLES,
        "strategy": _WITHOUT_A_GAP,
        "template": template,
    }
    return _deployment(hook, RECEIVER, part(hook.name, RECEIVER), spec)


def _dispatcher(hook: Hook, installation: Installation, shared: JetStreamJournal) -> JsonObject:
    """One pod at a time: a second one would stand by without the dead letters, which are on the volume of the first."""
    template = pod.template(
        hook,
        installation,
        labels(hook.name, DISPATCHER),
        [containers.dispatcher(hook, installation)],
        volumes.of_lone_dispatcher(hook, shared),
    )
    spec: JsonObject = {"replicas": 1, "strategy": _ONE_BY_ONE, "template": template}
    return _deployment(hook, DISPATCHER, part(hook.name, DISPATCHER), spec)


def _deployment(hook: Hook, component: str, selector: Mapping[str, str], spec: JsonObject) -> JsonObject:
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": owned(hook, names.component(hook.name, component), component=component),
        "spec": {
            "revisionHistoryLimit": 2,
            "progressDeadlineSeconds": _PROGRESS_DEADLINE,
            "selector": {"matchLabels": as_json(selector)},
            **spec,
        },
    }
