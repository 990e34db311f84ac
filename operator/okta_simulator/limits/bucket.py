"""One rate limit: requests of an organisation, and of each of its credentials, in a window of 60 s."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(seconds=60)
"""A window begins with the first request after the one before has ended: windows are not aligned to the clock."""


@dataclass(frozen=True)
class Decision:
    """What became of one request.

    Attributes:
        granted: Whether it is answered.
        limit: Requests a window that the credential may make.
        remaining: How many of them are left in this window.
        reset: When the window ends.
        warn: Whether the organisation has just come near the limit, for the first time in this window.
        violation: Whether this is the first refusal of this window.
    """

    granted: bool
    limit: int
    remaining: int
    reset: datetime
    warn: bool = False
    violation: bool = False


class Bucket:
    """Counts the requests to a group of endpoints.

    Args:
        name: The path that the endpoints have in common.
        limit: Requests a window, of the whole organisation.
        credential_share: The part of them that one credential may make.
        warn_at: The part of them after which a warning is due.
    """

    def __init__(self, name: str, *, limit: int, credential_share: float, warn_at: float) -> None:
        self.name = name
        self.limit = limit
        self._credential_limit = max(1, math.floor(limit * credential_share))
        self._warn_after = math.ceil(limit * warn_at)
        self._ends: datetime | None = None
        self._taken: Counter[str] = Counter()
        self._violated = False

    def take(self, credential_id: str, now: datetime) -> Decision:
        """Count a request, unless the window is used up; refused requests do not count."""
        ends = self._window(now)
        left = min(self._credential_limit - self._taken[credential_id], self.limit - self._taken.total())
        if left <= 0:
            first, self._violated = not self._violated, True
            return Decision(granted=False, limit=self._credential_limit, remaining=0, reset=ends, violation=first)
        self._taken[credential_id] += 1
        return Decision(
            granted=True,
            limit=self._credential_limit,
            remaining=left - 1,
            reset=ends,
            warn=self._taken.total() == self._warn_after,
        )

    def _window(self, now: datetime) -> datetime:
        """The end of the window that a request falls into; it begins one if need be."""
        if self._ends is None or now >= self._ends:
            self._ends = now + WINDOW
            self._taken.clear()
            self._violated = False
        return self._ends
