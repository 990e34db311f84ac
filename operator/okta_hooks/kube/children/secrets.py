"""Secrets that the operator makes."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import owned
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject


def hook_secret(hook: Hook, current: str, previous: str | None) -> JsonObject:
    """What receivers accept: a copy of the user's own or a generated value, and during a change the one before too.

    Receivers see this copy alone. So a value never disappears from them while Okta may still send it.
    """
    values = {names.CURRENT_KEY: current.encode()}
    if previous is not None:
        values[names.PREVIOUS_KEY] = previous.encode()
    return _secret(hook, names.hook_secret(hook.name), values)


def admin_token(hook: Hook, value: str) -> JsonObject:
    """What the operator shows at the admin ports."""
    return _secret(hook, names.admin(hook.name), {names.TOKEN_KEY: value.encode()})


def sink_credentials(hook: Hook, values: Mapping[str, bytes]) -> JsonObject:
    """What the dispatcher is known by to sinks, in one Secret that is there even when it is empty.

    So the pod mounts the same whatever sinks there are, and neither another sink nor another credential restarts it.
    """
    return _secret(hook, names.sinks(hook.name), values)


def _secret(hook: Hook, name: str, values: Mapping[str, bytes]) -> JsonObject:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": owned(hook, name),
        "type": "Opaque",
        "data": {  # not stringData, which no one may own
            key: base64.b64encode(value).decode() for key, value in values.items()
        },
    }
