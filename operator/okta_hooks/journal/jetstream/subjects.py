"""Under which subject a record is kept. Pure.

A uuid comes from outside and a subject has syntax, hence digests: of one length, and safe whatever comes in.
"""

from __future__ import annotations

from hashlib import blake2b

from okta_hooks.journal.record import Record

_DIGEST_BYTES = 16


def all_subjects(stream: str) -> str:
    """The pattern of all subjects of a journal."""
    return f"okta.{stream}.>"


def subject_of(stream: str, record: Record) -> str:
    """The subject of an event by its uuid; of what has none by its content, so that the same is kept once."""
    if record.uuid:
        return f"okta.{stream}.event.{_digest(record.uuid.encode())}"
    return f"okta.{stream}.unreadable.{_digest(record.event)}"


def subject_of_other_content(stream: str, record: Record) -> str:
    """The subject of an event whose uuid is taken by other content."""
    return f"okta.{stream}.other.{_digest(record.uuid.encode())}.{_digest(record.event)}"


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()
