"""The command lines of the receiver and of the dispatcher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from okta_hooks.api.jet_stream import JetStreamJournal
from okta_hooks.api.values import to_timedelta
from okta_hooks.kube.children import names, storage, stream, volumes
from okta_hooks.kube.children.configuration import DISPATCHER_FILE
from okta_hooks.kube.children.subject import Hook

_DEFAULT_HEADER = "Authorization"
_DEFAULT_MAX_AGE = "72h"
_DRAIN_SECONDS = 10
"""How long a receiver that is replaced still takes requests: gateways learn late that it goes."""


def of_receiver(hook: Hook) -> Sequence[str]:
    """What the process is told that Okta calls."""
    auth = hook.spec.auth
    header = (auth.header_name if auth is not None else None) or _DEFAULT_HEADER
    shared = stream.of_hook(hook)
    return [
        "receiver",
        f"--path={hook.path}",
        f"--header-name={header}",
        f"--secrets-folder={volumes.HOOK_SECRETS}",
        f"--admin-token-file={volumes.ADMIN}/{names.TOKEN_KEY}",
        *(_log_of_receiver(hook) if shared is None else _stream_of_receiver(hook, shared)),
    ]


def of_dispatcher(hook: Hook) -> Sequence[str]:
    """What the process is told that feeds the sinks."""
    shared = stream.of_hook(hook)
    return [
        "dispatcher",
        f"--configuration-file={volumes.CONFIGURATION}/{DISPATCHER_FILE}",
        f"--admin-token-file={volumes.ADMIN}/{names.TOKEN_KEY}",
        f"--own-folder={volumes.DISPATCHER}",
        *([f"--journal-folder={volumes.JOURNAL}"] if shared is None else _stream_of_dispatcher(hook, shared)),
    ]


def _log_of_receiver(hook: Hook) -> Sequence[str]:
    limits = storage.limits(hook)
    return [
        f"--journal-folder={volumes.JOURNAL}",
        f"--passed-file={volumes.DISPATCHER}/passed",
        f"--journal-max-bytes={limits.refuse}",
        f"--journal-keep-bytes={limits.drop}",
        f"--journal-keep-hours={_keep_hours(hook):g}",
    ]


def _stream_of_receiver(hook: Hook, shared: JetStreamJournal) -> Sequence[str]:
    return [
        *stream.arguments(hook, shared, shared.receiver_auth),
        *stream.arguments_of_receiver(shared),
        f"--drain-seconds={_DRAIN_SECONDS}",
    ]


def _stream_of_dispatcher(hook: Hook, shared: JetStreamJournal) -> Sequence[str]:
    limits = storage.limits(hook)
    return [
        *stream.arguments(hook, shared, shared.dispatcher_auth),
        *stream.arguments_of_dispatcher(shared),
        f"--jetstream-max-bytes={limits.refuse}",
        f"--jetstream-keep-bytes={limits.drop}",
        f"--jetstream-keep-hours={_keep_hours(hook):g}",
    ]


def _keep_hours(hook: Hook) -> float:
    retention = storage.journal_of(hook).retention
    max_age = (retention.max_age if retention is not None else None) or _DEFAULT_MAX_AGE
    return to_timedelta(max_age) / timedelta(hours=1)
