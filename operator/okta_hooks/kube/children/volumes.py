"""What is mounted where: each container holds what it needs, and what it must not change is read-only.

The receiver, which faces the internet, sees the hook's secrets and the admin token; a sink's credentials are for the
dispatcher alone. Secrets are mounted and not in the environment: the kubelet brings a changed one into a running pod.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue

from okta_hooks.api.jet_stream import JetStreamJournal
from okta_hooks.kube.children import names, storage, stream
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
_STREAM = "jetstream"
_GROUP_READS = 0o440


def together(hook: Hook) -> Sequence[JsonObject]:
    """The volumes of a pod with both containers."""
    return [storage.volume(hook, _DATA), _hook_secrets(hook), _admin_token(hook), *_of_feeding(hook)]


def of_lone_receiver(hook: Hook, shared: JetStreamJournal) -> Sequence[JsonObject]:
    """The volumes of a pod that receives: nothing of sinks is on the same node because of it."""
    return [_hook_secrets(hook), _admin_token(hook), stream.volume(_STREAM, shared, shared.receiver_auth)]


def of_lone_dispatcher(hook: Hook, shared: JetStreamJournal) -> Sequence[JsonObject]:
    """The volumes of a pod that dispatches: it does not know what Okta sends to be let in."""
    own = storage.volume(hook, _DATA)
    return [own, _admin_token(hook), *_of_feeding(hook), stream.volume(_STREAM, shared, shared.dispatcher_auth)]


def of_receiver(hook: Hook) -> JsonValue:
    """Mounts of the receiver."""
    log = [_mount(_DATA, JOURNAL, sub_path="journal"), _read_only(_DATA, DISPATCHER, sub_path="dispatcher")]
    return [*_journal(hook, log), _read_only(_SECRETS, HOOK_SECRETS), _read_only(_ADMIN, ADMIN)]


def of_dispatcher(hook: Hook) -> JsonValue:
    """Mounts of the dispatcher."""
    return [
        *_journal(hook, [_read_only(_DATA, JOURNAL, sub_path="journal")]),
        _mount(_DATA, DISPATCHER, sub_path="dispatcher"),
        _read_only(_ADMIN, ADMIN),
        _read_only(_CONFIGURATION, CONFIGURATION),
        _read_only(_SINKS, CREDENTIALS),
    ]


def _journal(hook: Hook, log: Sequence[JsonObject]) -> Sequence[JsonObject]:
    """A log is mounted; of a stream, what leads to it."""
    return log if stream.of_hook(hook) is None else [_read_only(_STREAM, stream.FOLDER)]


def _hook_secrets(hook: Hook) -> JsonObject:
    return _secret(_SECRETS, names.hook_secret(hook.name))


def _admin_token(hook: Hook) -> JsonObject:
    return _secret(_ADMIN, names.admin(hook.name))


def _of_feeding(hook: Hook) -> Sequence[JsonObject]:
    return [
        {"name": _CONFIGURATION, "configMap": {"name": names.configuration(hook.name), "defaultMode": _GROUP_READS}},
        _secret(_SINKS, names.sinks(hook.name)),
    ]


def _secret(volume: str, name: str) -> JsonObject:
    return {"name": volume, "secret": {"secretName": name, "defaultMode": _GROUP_READS}}


def _mount(volume: str, path: str, *, sub_path: str = "") -> JsonObject:
    mounted: JsonObject = {"name": volume, "mountPath": path}
    if sub_path:
        mounted["subPath"] = sub_path
    return mounted


def _read_only(volume: str, path: str, *, sub_path: str = "") -> JsonObject:
    return {**_mount(volume, path, sub_path=sub_path), "readOnly": True}
