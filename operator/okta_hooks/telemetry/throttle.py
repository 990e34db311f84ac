"""A bound on log lines that a stranger can cause."""

from __future__ import annotations

import time
from collections.abc import Callable


class Throttle:
    """Lets the first lines of each kind pass in each period, and counts what it left out.

    Args:
        lines: How many lines of a kind pass in a period.
        period: The period, in seconds.
        clock: Tells seconds that never go back.
    """

    def __init__(self, *, lines: int = 5, period: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._lines = lines
        self._period = period
        self._clock = clock
        self._kinds: dict[str, _Kind] = {}

    def admit(self, kind: str) -> int | None:
        """Ask for a line.

        Args:
            kind: One of a few names; never something that a stranger chooses.

        Returns:
            None when the line has to be left out, else how many of its kind were since the last that passed.
        """
        now = self._clock()
        seen = self._kinds.setdefault(kind, _Kind(now))
        if now - seen.begun >= self._period:
            seen.begun, seen.passed = now, 0
        if seen.passed >= self._lines:
            seen.left_out += 1
            return None
        seen.passed += 1
        left_out, seen.left_out = seen.left_out, 0
        return left_out


class _Kind:
    __slots__ = ("begun", "left_out", "passed")

    def __init__(self, begun: float) -> None:
        self.begun = begun
        self.passed = 0
        self.left_out = 0
