"""Secrets that the operator makes."""

from __future__ import annotations

import base64

from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import owned
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject


def generated(hook: Hook, value: str) -> JsonObject:
    """The secret that Okta sends, where the spec names none."""
    return _secret(hook, names.generated_secret(hook.name), names.GENERATED_KEY, value)


def previous(hook: Hook, value: str) -> JsonObject:
    """The secret that Okta may still send, kept so that a changed one loses no event."""
    return _secret(hook, names.previous_secret(hook.name), names.GENERATED_KEY, value)


def admin_token(hook: Hook, value: str) -> JsonObject:
    """What the operator shows at the admin ports."""
    return _secret(hook, names.admin(hook.name), names.TOKEN_KEY, value)


def _secret(hook: Hook, name: str, key: str, value: str) -> JsonObject:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": owned(hook, name),
        "type": "Opaque",
        "data": {key: base64.b64encode(value.encode()).decode()},  # not stringData, which no one may own
    }
