"""The volume with the journal; with a stream as the journal, the one with the dispatcher's own files.

The claim has no owner reference: a foreground deletion would remove it while events in it still wait for a sink. The
operator deletes it after that, or keeps it, as `receiver.journal.onDelete` says.
"""

from __future__ import annotations

from dataclasses import dataclass

from okta_hooks.api.jet_stream import DispatcherVolume
from okta_hooks.api.model import ApiModel
from okta_hooks.api.receiver import Journal, PersistentVolumeJournal
from okta_hooks.kube.children import names
from okta_hooks.kube.children.metadata import DISPATCHER, RECEIVER, independent
from okta_hooks.kube.children.subject import Hook, Installation
from okta_hooks.kube.objects import JsonObject
from okta_hooks.kube.quantity import amount

_CLAIM_SIZE = "10Gi"
_EMPTY_DIR_SIZE = "1Gi"
_DISPATCHER_SIZE = "2Gi"
_STREAM_SIZE = "10Gi"
_LEAST = 8 << 20  # bytes that the receiver needs to work at all


class LiveClaimSpec(ApiModel):
    """What cannot change about a claim."""

    access_modes: tuple[str, ...] = ()
    storage_class_name: str | None = None


class LiveClaim(ApiModel):
    """A claim that exists."""

    spec: LiveClaimSpec


def journal_of(hook: Hook) -> Journal:
    """The journal as the spec wants it; without a word in it, a volume."""
    receiver = hook.spec.receiver
    journal = receiver.journal if receiver is not None else None
    return journal or Journal(persistent_volume=PersistentVolumeJournal())


def claim(hook: Hook, installation: Installation, existing: LiveClaim | None = None) -> JsonObject | None:
    """The claim; None where the journal ends with its pod.

    Access mode and class cannot change once a claim exists. What exists is kept, so that a hook goes on with its
    journal when an installation's access mode or a cluster's default class changes.
    """
    journal = journal_of(hook)
    if journal.empty_dir is not None:
        return None
    wanted, size = _wanted(journal)
    modes = existing.spec.access_modes if existing is not None else (installation.access_mode,)
    storage_class = existing.spec.storage_class_name if existing is not None else wanted.storage_class_name
    spec: JsonObject = {
        "accessModes": list(modes),
        "resources": {"requests": {"storage": wanted.size or size}},
    }
    if storage_class is not None:
        spec["storageClassName"] = storage_class
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": independent(hook, claim_name(hook), RECEIVER if journal.jet_stream is None else DISPATCHER),
        "spec": spec,
    }


def claim_name(hook: Hook) -> str:
    """The claim's name. A log has another than a stream's dispatcher, which could not go on with the log's files."""
    return names.journal(hook.name) if journal_of(hook).jet_stream is None else names.dispatcher(hook.name)


def volume(hook: Hook, name: str) -> JsonObject:
    """The volume as the pod names it."""
    empty = journal_of(hook).empty_dir
    if empty is None:
        return {"name": name, "persistentVolumeClaim": {"claimName": claim_name(hook)}}
    return {"name": name, "emptyDir": {"sizeLimit": empty.size_limit or _EMPTY_DIR_SIZE}}


@dataclass(frozen=True)
class Limits:
    """How large the journal may become, in bytes.

    Args:
        refuse: Where it takes no more. The rest of the volume is for the dispatcher's files and the file system's own.
        drop: Where it drops what every sink has had, oldest first.
    """

    refuse: int
    drop: int


def limits(hook: Hook) -> Limits:
    """Nine tenths of the volume, or all that a stream may take; and what the spec says, else four fifths of it."""
    journal = journal_of(hook)
    size = amount(_journal_size(journal))
    asked = journal.retention.max_size if journal.retention is not None else None
    refuse = max(int(size if journal.jet_stream is not None else size * 9 / 10), _LEAST)
    drop = max(int(amount(asked) if asked is not None else size * 4 / 5), _LEAST)
    return Limits(refuse, min(drop, refuse))


def _wanted(journal: Journal) -> tuple[PersistentVolumeJournal | DispatcherVolume, str]:
    """The volume as the spec has it, and its size where that says none."""
    if journal.jet_stream is not None:
        return journal.jet_stream.volume or DispatcherVolume(), _DISPATCHER_SIZE
    return journal.persistent_volume or PersistentVolumeJournal(), _CLAIM_SIZE


def _journal_size(journal: Journal) -> str:
    if journal.jet_stream is not None:
        return journal.jet_stream.max_size or _STREAM_SIZE
    if journal.empty_dir is not None:
        return journal.empty_dir.size_limit or _EMPTY_DIR_SIZE
    return (journal.persistent_volume or PersistentVolumeJournal()).size or _CLAIM_SIZE
