"""The two containers: the receiver, which Okta calls, and the dispatcher, which feeds the sinks."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue

from okta_hooks.api.receiver import Resources
from okta_hooks.kube.children import arguments, volumes
from okta_hooks.kube.children.metadata import DISPATCHER, RECEIVER
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject

HOOK_PORT, RECEIVER_ADMIN_PORT, DISPATCHER_ADMIN_PORT = 8080, 9090, 9091

_ONE_ARENA: JsonObject = {"name": "MALLOC_ARENA_MAX", "value": "1"}
"""glibc keeps what was freed for the thread that had asked for it: with one place for all threads, a dispatcher whose
batches go from one to the other takes less."""
_DEFAULT_RESOURCES = Resources(requests={"cpu": "50m", "memory": "64Mi"})


def receiver(hook: Hook, installation: Installation) -> JsonObject:
    """The container that faces the internet."""
    wanted = hook.spec.receiver.resources if hook.spec.receiver is not None else None
    return {
        **_container(RECEIVER, installation, arguments.of_receiver(hook), wanted or _DEFAULT_RESOURCES),
        "ports": [_port("http", HOOK_PORT), _port("admin", RECEIVER_ADMIN_PORT)],
        "volumeMounts": volumes.of_receiver(hook),
        **_probes("admin"),
    }


def dispatcher(hook: Hook, installation: Installation) -> JsonObject:
    """The container that holds the credentials of the sinks."""
    proxy = installation.proxy.environment() if installation.proxy is not None else []
    return {
        **_container(DISPATCHER, installation, arguments.of_dispatcher(hook), _DEFAULT_RESOURCES),
        "env": [_ONE_ARENA, *proxy],
        "ports": [_port("dispatch", DISPATCHER_ADMIN_PORT)],
        "volumeMounts": volumes.of_dispatcher(hook),
        **_probes("dispatch"),
    }


def _container(name: str, installation: Installation, told: Sequence[str], resources: Resources) -> JsonObject:
    return {
        "name": name,
        "image": installation.image,
        "imagePullPolicy": installation.image_pull_policy,
        "args": [_literal(argument) for argument in told],
        "resources": resources.model_dump(mode="json", exclude_none=True),
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "terminationMessagePolicy": "FallbackToLogsOnError",  # so that a crash can be explained in the status
    }


def _literal(argument: str) -> str:
    """An argument that arrives as it is: Kubernetes puts variables in the place of `$(NAME)`, and reads `$$` as `$`."""
    return argument.replace("$", "$$")


def _port(name: str, number: int) -> JsonObject:
    return {"name": name, "containerPort": number, "protocol": "TCP"}


def _probes(port: str) -> JsonObject:
    """Looked at every second until it has started, which may take a while: a long journal is read first."""
    return {
        "startupProbe": {**_probe("/healthz", port), "periodSeconds": 1, "failureThreshold": 600},
        "readinessProbe": {**_probe("/readyz", port), "periodSeconds": 2, "failureThreshold": 3},
        "livenessProbe": {**_probe("/healthz", port), "periodSeconds": 10, "failureThreshold": 3},
    }


def _probe(path: str, port: str) -> dict[str, JsonValue]:
    return {"httpGet": {"path": path, "port": port}, "timeoutSeconds": 5}
