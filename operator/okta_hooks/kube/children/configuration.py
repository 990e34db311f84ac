"""What the pods are told, and who they are."""

from __future__ import annotations

import json

from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import owned
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject

DISPATCHER_FILE = "dispatcher.json"
"""The dispatcher's configuration: `sinks` as the spec has them. It is read again when it changes, so that a new sink
restarts no receiver."""


def config_map(hook: Hook) -> JsonObject:
    """Configuration of the dispatcher, without secrets."""
    sinks = [sink.model_dump(mode="json", by_alias=True, exclude_none=True) for sink in hook.spec.sinks or ()]
    told = {"hook": {"namespace": hook.namespace, "name": hook.name}, "sinks": sinks}
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": owned(hook, names.configuration(hook.name)),
        "data": {DISPATCHER_FILE: json.dumps(told, indent=2)},
    }


def service_account(hook: Hook) -> JsonObject:
    """An identity without a token: neither container has anything to ask of Kubernetes."""
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": owned(hook, names.receiver(hook.name)),
        "automountServiceAccountToken": False,
    }
