"""Events that Okta has and may still deliver: each is given a time of grace before it counts as one that never came.

Okta promises no time within which it delivers, repeats what failed, and collects events before it sends them. So the
time counts from when an event was read, by a clock of ours that never goes back. Pure but for what it keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okta_hooks.system_log.windows import Window, Windows, around

MOST_WAITING = 10_000
"""Events that are kept one by one; of more than that only their time is kept, which is to be searched again."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """An event that should come; `published_ns` is by Okta's clock."""

    uuid: str
    published_ns: int


@dataclass(frozen=True, slots=True)
class _Waiter:
    awaited: Awaited
    until: float


@dataclass(frozen=True)
class _Crowd:
    windows: Windows
    until: float


class Waiting:
    """What is waited for.

    Args:
        grace: Seconds that each event is given.
        most: Events that are kept one by one.
    """

    def __init__(self, grace: float, most: int = MOST_WAITING) -> None:
        self._grace = grace
        self._most = most
        self._waiters: dict[str, _Waiter] = {}
        self._crowd: _Crowd | None = None

    @property
    def oldest_ns(self) -> int | None:
        """When the first of them was published; None while nothing is waited for."""
        moments = [waiter.awaited.published_ns for waiter in self._waiters.values()]
        oldest = self._crowd.windows.oldest if self._crowd is not None else None
        return min([*moments, *([oldest.since_ns] if oldest is not None else [])], default=None)

    def add(self, events: Iterable[Awaited], now: float) -> None:
        """Wait for events; one that is waited for already is given no more time."""
        until = now + self._grace
        for event in events:
            self._waiters.setdefault(event.uuid, _Waiter(event, until))
        if len(self._waiters) > self._most:
            self.add_time(around(waiter.awaited.published_ns for waiter in self._waiters.values()), now)
            self._waiters.clear()

    def add_time(self, window: Window, now: float) -> None:
        """Wait for whatever was published within a time."""
        before = self._crowd.windows if self._crowd is not None else Windows()
        self._crowd = _Crowd(before.adding(window), now + self._grace)

    def ripe(self, now: float, most: int) -> Sequence[Awaited]:
        """Some of the events whose time is over, those first that were read first; they stay until they are dropped."""
        ripe: list[Awaited] = []
        for waiter in self._waiters.values():  # in the order in which they came, and so of their ends
            if waiter.until > now or len(ripe) == most:
                break
            ripe.append(waiter.awaited)
        return ripe

    def drop(self, events: Iterable[Awaited]) -> None:
        """Wait for these no longer."""
        for event in events:
            self._waiters.pop(event.uuid, None)

    def take_ripe_times(self, now: float) -> Windows:
        """The times that are to be searched now, which are waited for no longer."""
        if self._crowd is None or self._crowd.until > now:
            return Windows()
        windows, self._crowd = self._crowd.windows, None
        return windows

    def forget_before(self, moment_ns: int) -> None:
        """Wait for nothing that was published before a moment."""
        self.drop([each.awaited for each in self._waiters.values() if each.awaited.published_ns < moment_ns])

    def clear(self) -> None:
        """Wait for nothing."""
        self._waiters.clear()
        self._crowd = None
