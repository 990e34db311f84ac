"""What the pods are told, and who they are."""

from __future__ import annotations

import json
from dataclasses import dataclass

from okta_hooks.api.okta_event_hook import Sink
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import owned
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject

DISPATCHER_FILE = "dispatcher.json"
"""The dispatcher's configuration. It is read again when it changes, so that a new sink restarts no receiver."""


@dataclass(frozen=True)
class Origin:
    """What every event says of where it came from.

    Args:
        org: The organisation's URL.
        hook_id: Okta's name of the hook; empty until it exists.
    """

    org: str
    hook_id: str = ""


def config_map(hook: Hook, origin: Origin) -> JsonObject:
    """Configuration of the dispatcher, without secrets."""
    told: JsonObject = {
        "org": origin.org,
        "hookId": origin.hook_id,
        "sinks": [_sink(sink) for sink in hook.spec.sinks or ()],
    }
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


def _sink(sink: Sink) -> JsonObject:
    """The spec names a sink's type by a field, the dispatcher's file by the value of `type`."""
    return {"name": sink.name, "to": {"type": "stdout", **sink.stdout.model_dump(mode="json", by_alias=True)}}
