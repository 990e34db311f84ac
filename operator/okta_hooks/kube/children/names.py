"""Names of a hook's children.

A hook's name has at most 40 characters, and each child adds one word without a dash: so no name is longer than the 63
that a Service may have, and what precedes the last dash is always the hook's name, which keeps two hooks apart.
"""

from __future__ import annotations

CURRENT_KEY, PREVIOUS_KEY = "current", "previous"
"""The keys of what receivers accept, in its Secret; the receiver finds them as files of these names."""

TOKEN_KEY = "token"  # noqa: S105 -- the name of a key
"""The key of the admin token in its Secret."""


def receiver(hook_name: str) -> str:
    """Deployment, ServiceAccount, Service for Okta, route, network policy, disruption budget."""
    return component(hook_name, "receiver")


def dispatcher(hook_name: str) -> str:
    """Deployment, network policy and PersistentVolumeClaim of a dispatcher that has a pod of its own."""
    return component(hook_name, "dispatcher")


def component(hook_name: str, component: str) -> str:
    """What belongs to one component."""
    return f"{hook_name}-{component}"


def admin(hook_name: str) -> str:
    """Service of the admin ports, and Secret of their token."""
    return f"{hook_name}-admin"


def hook_secret(hook_name: str) -> str:
    """Secret with what receivers accept from Okta, made by the operator."""
    return f"{hook_name}-secret"


def sinks(hook_name: str) -> str:
    """Secret with the credentials of sinks, copied from where the spec names them."""
    return f"{hook_name}-sinks"


def secrets(hook_name: str) -> tuple[str, ...]:
    """Every Secret that the operator may have made."""
    return admin(hook_name), hook_secret(hook_name), sinks(hook_name)


def configuration(hook_name: str) -> str:
    """ConfigMap of the dispatcher."""
    return f"{hook_name}-configuration"


def journal(hook_name: str) -> str:
    """PersistentVolumeClaim of a log."""
    return f"{hook_name}-journal"


def claims(hook_name: str) -> tuple[str, ...]:
    """Every PersistentVolumeClaim that the operator may have made."""
    return journal(hook_name), dispatcher(hook_name)
