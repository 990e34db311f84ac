"""Why a journal refuses. Each message is a sentence for the person who runs the receiver."""

from __future__ import annotations


class JournalError(Exception):
    """The journal can't do what was asked."""


class JournalFull(JournalError):
    """There is no room for the records now; nothing of them was kept, and a later try may succeed."""


class JournalFailed(JournalError):
    """The store is broken; only a new start, which recovers, can bring it back."""


class RecordTooLarge(ValueError):
    """A record is larger than the journal can hold, now and later."""


class JournalUnavailable(JournalError):
    """The store can't be reached, or does not answer in time; a later try may succeed, without a new start."""


class JournalLocked(JournalError):
    """Another process writes this journal."""
