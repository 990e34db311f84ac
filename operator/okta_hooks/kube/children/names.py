"""Names of a hook's children.

A hook's name has at most 40 characters, and each child adds one word without a dash: so no name is longer than the 63
that a Service may have, and what precedes the last dash is always the hook's name, which keeps two hooks apart.
"""

from __future__ import annotations

from okta_hooks.api.values import SecretKeyRef
from okta_hooks.kube.children.subject import Hook

GENERATED_KEY = "secret"
"""The key of a generated secret, and of the previous one, in their Secrets."""

TOKEN_KEY = "token"  # noqa: S105 -- the name of a key
"""The key of the admin token in its Secret."""


def receiver(hook_name: str) -> str:
    """Deployment, ServiceAccount, Service for Okta, route, network policy."""
    return f"{hook_name}-receiver"


def admin(hook_name: str) -> str:
    """Service of the admin ports, and Secret of their token."""
    return f"{hook_name}-admin"


def generated_secret(hook_name: str) -> str:
    """Secret that Okta sends, made by the operator."""
    return f"{hook_name}-secret"


def previous_secret(hook_name: str) -> str:
    """Secret that Okta may still send."""
    return f"{hook_name}-previous"


def secrets(hook_name: str) -> tuple[str, ...]:
    """Every Secret that the operator may have made."""
    return admin(hook_name), generated_secret(hook_name), previous_secret(hook_name)


def configuration(hook_name: str) -> str:
    """ConfigMap of the dispatcher."""
    return f"{hook_name}-configuration"


def journal(hook_name: str) -> str:
    """PersistentVolumeClaim."""
    return f"{hook_name}-journal"


def hook_secret(hook: Hook) -> SecretKeyRef:
    """Where the secret is that Okta is to send: the user's own, or the generated one."""
    auth = hook.spec.auth
    if auth is not None and auth.secret_ref is not None:
        return auth.secret_ref
    return SecretKeyRef(name=generated_secret(hook.name), key=GENERATED_KEY)
