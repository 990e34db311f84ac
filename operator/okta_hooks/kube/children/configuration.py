"""What the pods are told, and who they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from okta_hooks.api.route import Route
from okta_hooks.kube.children import names, storage
from okta_hooks.kube.children.feed_settings import settings
from okta_hooks.kube.children.feeds import Feed
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
        cluster: The cluster's name; empty where nobody has given it one.
    """

    org: str
    hook_id: str = ""
    cluster: str = ""


def config_map(hook: Hook, origin: Origin, feeds: Sequence[Feed]) -> JsonObject:
    """Configuration of the dispatcher, without secrets.

    Args:
        hook: Whose.
        origin: Where its events come from.
        feeds: The sinks of the hook that can be fed; a route to another leads nowhere until that can be, and the other
            keeps its place meanwhile.
    """
    fed = frozenset(feed.name for feed in feeds)
    told: JsonObject = {
        "org": origin.org,
        "hookId": origin.hook_id,
        "cluster": origin.cluster,
        "labels": {**(hook.spec.labels or {})},
        "sinks": [settings(feed) for feed in feeds],
        "routes": [_route(route, fed) for route in hook.spec.routes or ()],
        "journalMaxBytes": storage.limits(hook).refuse,
        "removedSinks": [*(hook.spec.abandon_sinks or ())],
        "awaitedSinks": [sink.name for sink in hook.spec.sinks or () if sink.name not in fed],
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


def _route(route: Route, fed: frozenset[str]) -> JsonObject:
    written: JsonObject = {"name": route.name, "sinks": [name for name in route.sinks if name in fed]}
    if route.event_types is not None:
        written["eventTypes"] = [*route.event_types]
    if route.when is not None:
        written["when"] = route.when
    return written
