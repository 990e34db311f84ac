"""The two containers of the pod: the receiver, which Okta calls, and the dispatcher, which feeds the sinks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pydantic import JsonValue

from okta_hooks.api.receiver import Resources
from okta_hooks.api.values import to_timedelta
from okta_hooks.kube.children import names, storage, volumes
from okta_hooks.kube.children.configuration import DISPATCHER_FILE
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject

RECEIVER, DISPATCHER = "receiver", "dispatcher"
HOOK_PORT, RECEIVER_ADMIN_PORT, DISPATCHER_ADMIN_PORT = 8080, 9090, 9091

_DEFAULT_HEADER = "Authorization"
_DEFAULT_RESOURCES = Resources(requests={"cpu": "50m", "memory": "64Mi"})
_DEFAULT_MAX_AGE = "72h"


def receiver(hook: Hook, installation: Installation) -> JsonObject:
    """The container that faces the internet."""
    wanted = hook.spec.receiver.resources if hook.spec.receiver is not None else None
    return {
        **_container(RECEIVER, installation, _receiver_arguments(hook), wanted or _DEFAULT_RESOURCES),
        "ports": [_port("http", HOOK_PORT), _port("admin", RECEIVER_ADMIN_PORT)],
        "volumeMounts": volumes.of_receiver(),
        **_probes("admin"),
    }


def dispatcher(installation: Installation) -> JsonObject:
    """The container that holds the credentials of the sinks."""
    environment = installation.proxy.environment() if installation.proxy is not None else []
    return {
        **_container(DISPATCHER, installation, _dispatcher_arguments(), _DEFAULT_RESOURCES),
        **({"env": [*environment]} if environment else {}),
        "ports": [_port("dispatch", DISPATCHER_ADMIN_PORT)],
        "volumeMounts": volumes.of_dispatcher(),
        **_probes("dispatch"),
    }


def _receiver_arguments(hook: Hook) -> list[str]:
    auth, retention = hook.spec.auth, storage.journal_of(hook).retention
    header = (auth.header_name if auth is not None else None) or _DEFAULT_HEADER
    max_age = (retention.max_age if retention is not None else None) or _DEFAULT_MAX_AGE
    limits = storage.limits(hook)
    return [
        "receiver",
        f"--path={hook.path}",
        f"--header-name={header}",
        f"--secrets-folder={volumes.HOOK_SECRETS}",
        f"--admin-token-file={volumes.ADMIN}/{names.TOKEN_KEY}",
        f"--journal-folder={volumes.JOURNAL}",
        f"--passed-file={volumes.DISPATCHER}/passed",
        f"--journal-max-bytes={limits.refuse}",
        f"--journal-keep-bytes={limits.drop}",
        f"--journal-keep-hours={to_timedelta(max_age) / timedelta(hours=1):g}",
    ]


def _dispatcher_arguments() -> list[str]:
    return [
        "dispatcher",
        f"--configuration-file={volumes.CONFIGURATION}/{DISPATCHER_FILE}",
        f"--admin-token-file={volumes.ADMIN}/{names.TOKEN_KEY}",
        f"--journal-folder={volumes.JOURNAL}",
        f"--own-folder={volumes.DISPATCHER}",
    ]


def _container(name: str, installation: Installation, arguments: Sequence[str], resources: Resources) -> JsonObject:
    return {
        "name": name,
        "image": installation.image,
        "imagePullPolicy": installation.image_pull_policy,
        "args": [_literal(argument) for argument in arguments],
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
