"""Noticing what comes a second time: the identifiers (`jti`) of assertions and proofs."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta


class SeenOnce:
    """Remembers identifiers for as long as the tokens that carry them could be used again.

    Args:
        memory: How long one is remembered.
        most: How many are remembered at a time; the oldest are forgotten first.
    """

    def __init__(self, memory: timedelta, *, most: int = 100_000) -> None:
        self._memory = memory
        self._most = most
        self._order: deque[tuple[datetime, str]] = deque()
        self._seen: set[str] = set()

    def is_new(self, identifier: str, now: datetime) -> bool:
        """Whether an identifier comes for the first time; from now on it does not."""
        while self._order and (self._order[0][0] <= now or len(self._order) >= self._most):
            self._seen.discard(self._order.popleft()[1])
        if identifier in self._seen:
            return False
        self._seen.add(identifier)
        self._order.append((now + self._memory, identifier))
        return True
