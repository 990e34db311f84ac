"""When a stream let go of what. Pure.

A stream does not remember when it dropped a message, and the index must know for how long nobody can have one back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from okta_hooks.journal.record import BEGINNING, Position

_EVERY = timedelta(hours=6)
_MOST = 400
"""Marks that are kept: more than 90 days of them, the longest that a back-fill may go back."""


class Mark(msgspec.Struct, frozen=True):
    """What was the oldest place at a time."""

    at: datetime
    oldest: str


class Timeline(msgspec.Struct, frozen=True):
    """Marks, oldest first."""

    marks: tuple[Mark, ...] = ()

    def marked(self, now: datetime, oldest: Position) -> Timeline:
        """The timeline with a mark of now; the same when the last one is not long ago."""
        if self.marks and now - self.marks[-1].at < _EVERY:
            return self
        return Timeline((*self.marks, Mark(now, str(oldest)))[-_MOST:])

    def oldest_at(self, moment: datetime) -> Position:
        """What was the oldest place at a time, or before."""
        before = [mark for mark in self.marks if mark.at <= moment]
        return Position.parse(before[-1].oldest) if before else BEGINNING
