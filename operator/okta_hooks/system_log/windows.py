"""Stretches of Okta's time that are to be searched for events that never came. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

MOST_WINDOWS = 8
"""Kept at a time: a status holds them, and what lies between two is searched in vain at worst."""

MILLISECOND = 1_000_000
"""The System Log's times and its queries are as fine as this, in nanoseconds."""


@dataclass(frozen=True, order=True)
class Window:
    """From a moment up to and without another, in nanoseconds of Unix time by Okta's clock."""

    since_ns: int
    until_ns: int

    def __post_init__(self) -> None:
        """Check the order.

        Raises:
            ValueError: It is empty.
        """
        if self.since_ns >= self.until_ns:
            raise ValueError(f"a window from {self.since_ns} to {self.until_ns} holds no moment")

    def covers(self, moment_ns: int) -> bool:
        """Whether a moment is in it."""
        return self.since_ns <= moment_ns < self.until_ns


@dataclass(frozen=True)
class Windows:
    """Few windows in order, none of which touches another.

    Args:
        all: The windows; those who make one by hand keep the order.
    """

    all: tuple[Window, ...] = ()

    @property
    def oldest(self) -> Window | None:
        """The one to search first."""
        return self.all[0] if self.all else None

    def covers(self, moment_ns: int) -> bool:
        """Whether a moment is in one of them."""
        return any(window.covers(moment_ns) for window in self.all)

    def adding(self, *more: Window) -> Windows:
        """With others; where they become too many, the two that lie closest together become one."""
        joined = _joined(sorted((*self.all, *more)))
        while len(joined) > MOST_WINDOWS:
            gaps = [later.since_ns - earlier.until_ns for earlier, later in pairwise(joined)]
            at = gaps.index(min(gaps))
            joined[at : at + 2] = [Window(joined[at].since_ns, joined[at + 1].until_ns)]
        return Windows(tuple(joined))

    def without(self, searched: Window) -> Windows:
        """What is left once a stretch was searched."""
        return Windows(tuple(part for window in self.all for part in _rest(window, searched)))


def around(moments_ns: Iterable[int]) -> Window:
    """The smallest window that a query of the System Log can ask for and that has all of some moments in it.

    Raises:
        ValueError: There are no moments.
    """
    moments = sorted(moments_ns)
    if not moments:
        raise ValueError("no window is around no moments")
    first, last = moments[0] // MILLISECOND, moments[-1] // MILLISECOND
    return Window(first * MILLISECOND, (last + 1) * MILLISECOND)


def nanoseconds(length: timedelta) -> int:
    """A length of time in nanoseconds."""
    return length // timedelta(microseconds=1) * 1000


def _joined(windows: Iterable[Window]) -> list[Window]:
    joined = list[Window]()
    for window in windows:
        if joined and window.since_ns <= joined[-1].until_ns:
            joined[-1] = Window(joined[-1].since_ns, max(joined[-1].until_ns, window.until_ns))
        else:
            joined.append(window)
    return joined


def _rest(window: Window, searched: Window) -> Iterable[Window]:
    if window.since_ns < min(window.until_ns, searched.since_ns):
        yield Window(window.since_ns, min(window.until_ns, searched.since_ns))
    if max(window.since_ns, searched.until_ns) < window.until_ns:
        yield Window(max(window.since_ns, searched.until_ns), window.until_ns)
