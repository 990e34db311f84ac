"""The distributed journal, as the processes are told of it and know themselves by to it.

Credentials are mounted from the user's own Secrets, one user for receivers and one for the dispatcher: neither pod has
the other's, and the kubelet brings a changed one into a running pod.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import JsonValue

from okta_hooks.api.jet_stream import JetStreamAuth, JetStreamJournal
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject

FOLDER = "/run/okta-hooks/jetstream"
"""Folder with what a process is known by, and whom it is to trust."""

_CA_FILE = "ca.crt"
_GROUP_READS = 0o440
_REPLICAS = 3
_PORTS = {"nats": 4222, "tls": 4222, "http": 80, "https": 443}


def of_hook(hook: Hook) -> JetStreamJournal | None:
    """The stream that a hook's journal is; None where it is a log."""
    receiver = hook.spec.receiver
    journal = receiver.journal if receiver is not None else None
    return journal.jet_stream if journal is not None else None


def name(hook: Hook, stream: JetStreamJournal) -> str:
    """The stream's name: no namespace and no hook has an underscore in its name, so that no two hooks share one."""
    return stream.stream or f"{hook.namespace}_{hook.name}"


def arguments(hook: Hook, stream: JetStreamJournal, auth: JetStreamAuth | None) -> list[str]:
    """What receivers and dispatchers are told."""
    told = [f"--jetstream-url={url}" for url in stream.urls]
    told.append(f"--jetstream-stream={name(hook, stream)}")
    if auth is not None:
        told.append(f"--jetstream-credentials-folder={FOLDER}")
    if stream.ca_secret_ref is not None:
        told.append(f"--jetstream-ca-file={FOLDER}/{_CA_FILE}")
    return told


def arguments_of_receiver(stream: JetStreamJournal) -> list[str]:
    """What a receiver is told besides."""
    return [f"--jetstream-monitor-url={url}" for url in stream.monitor_urls or ()]


def arguments_of_dispatcher(stream: JetStreamJournal) -> list[str]:
    """What a dispatcher is told besides."""
    return [f"--jetstream-replicas={stream.replicas or _REPLICAS}"]


def volume(called: str, stream: JetStreamJournal, auth: JetStreamAuth | None) -> JsonObject:
    """The folder as the pod names it; empty where servers ask for nothing and everybody's authorities are trusted."""
    files = {
        **(_files(auth) if auth is not None else {}),
        **({_CA_FILE: stream.ca_secret_ref} if stream.ca_secret_ref is not None else {}),
    }
    sources: list[JsonValue] = [
        {"secret": {"name": reference.name, "items": [{"key": reference.key, "path": file}]}}
        for file, reference in files.items()
    ]
    return {"name": called, "projected": {"defaultMode": _GROUP_READS, "sources": sources}}


def ports(stream: JetStreamJournal) -> frozenset[int]:
    """TCP ports on which servers are reached."""
    return frozenset(map(_port, stream.urls))


def ports_of_monitors(stream: JetStreamJournal) -> frozenset[int]:
    """TCP ports on which servers tell how they do."""
    return frozenset(map(_port, stream.monitor_urls or ()))


def _files(auth: JetStreamAuth) -> dict[str, SecretKeyRef]:
    if auth.credentials_secret_ref is not None:
        return {"user.creds": auth.credentials_secret_ref}
    if auth.basic is not None:
        return {"username": auth.basic.username_secret_ref, "password": auth.basic.password_secret_ref}
    return {}


def _port(address: str) -> int:
    parts = urlsplit(address)
    return parts.port or _PORTS[parts.scheme]
