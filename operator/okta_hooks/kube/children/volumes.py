"""What is mounted where: each container holds what it needs, and what it must not change is read-only.

The receiver, which faces the internet, sees the hook's secrets and the admin token; a sink's credentials are for the
dispatcher alone. Secrets are mounted and not in the environment: the kubelet brings a changed one into a running pod.
"""

from __future__ import annotations

from pydantic import JsonValue

from okta_hooks.kube.children import names, storage
from okta_hooks.kube.children.feeds import CREDENTIALS
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject

HOOK_SECRETS = "/run/okta-hooks/secrets"
"""Folder with the files `current` and, during a change, `previous`."""
ADMIN = "/run/okta-hooks/admin"
"""Folder with the admin token."""
CONFIGURATION = "/etc/okta-hooks"
"""Folder with the dispatcher's configuration."""
JOURNAL = "/var/lib/okta-hooks/journal"
"""The log, which the receiver writes and the dispatcher reads."""
DISPATCHER = "/var/lib/okta-hooks/dispatcher"
"""The dispatcher's files, of which the receiver reads how far every sink has come."""

_DATA, _SECRETS, _ADMIN, _CONFIGURATION, _SINKS = "data", "hook-secrets", "admin-token", "configuration", "sinks"
_GROUP_READS = 0o440


def volumes(hook: Hook) -> JsonValue:
    """The volumes of the pod."""
    return [
        storage.volume(hook, _DATA),
        {"name": _SECRETS, "secret": {"secretName": names.hook_secret(hook.name), "defaultMode": _GROUP_READS}},
        {"name": _ADMIN, "secret": {"secretName": names.admin(hook.name), "defaultMode": _GROUP_READS}},
        {"name": _CONFIGURATION, "configMap": {"name": names.configuration(hook.name), "defaultMode": _GROUP_READS}},
        {"name": _SINKS, "secret": {"secretName": names.sinks(hook.name), "defaultMode": _GROUP_READS}},
    ]


def of_receiver() -> JsonValue:
    """Mounts of the receiver."""
    return [
        _mount(_DATA, JOURNAL, sub_path="journal"),
        _read_only(_DATA, DISPATCHER, sub_path="dispatcher"),
        _read_only(_SECRETS, HOOK_SECRETS),
        _read_only(_ADMIN, ADMIN),
    ]


def of_dispatcher() -> JsonValue:
    """Mounts of the dispatcher."""
    return [
        _read_only(_DATA, JOURNAL, sub_path="journal"),
        _mount(_DATA, DISPATCHER, sub_path="dispatcher"),
        _read_only(_ADMIN, ADMIN),
        _read_only(_CONFIGURATION, CONFIGURATION),
        _read_only(_SINKS, CREDENTIALS),
    ]


def _mount(volume: str, path: str, *, sub_path: str = "") -> JsonObject:
    mounted: JsonObject = {"name": volume, "mountPath": path}
    if sub_path:
        mounted["subPath"] = sub_path
    return mounted


def _read_only(volume: str, path: str, *, sub_path: str = "") -> JsonObject:
    return {**_mount(volume, path, sub_path=sub_path), "readOnly": True}
