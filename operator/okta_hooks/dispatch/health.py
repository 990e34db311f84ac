"""Whether probes should be content."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.journal import Position

_STUCK_SECONDS = 120.0


class Observing(Protocol):
    """Who looks."""

    @property
    def latest(self) -> DispatcherStatistics:
        """What was seen last."""
        ...


class Advancing(Protocol):
    """What has to move while there is something to read."""

    @property
    def place(self) -> Position:
        """How far it is."""
        ...


class DispatcherHealth:
    """What the probes of a dispatcher are told. A sink that fails is no reason to start again, nor to be not ready.

    Args:
        observer: Sees whether the journal can be read.
        indexing: What has to move.
        clock: Tells seconds that never go back.
    """

    def __init__(
        self, observer: Observing, indexing: Advancing, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._observer = observer
        self._indexing = indexing
        self._clock = clock
        self._place: Position | None = None
        self._moved = clock()
        self.is_ending = False

    def illness(self) -> str | None:
        """Why only a new start can help."""
        latest, now = self._observer.latest, self._clock()
        if self._indexing.place != self._place or not latest.not_indexed or latest.journal_trouble:
            self._place, self._moved = self._indexing.place, now
        idle = now - self._moved
        if idle > _STUCK_SECONDS:
            return f"the index has stood still for {idle:.0f} s although there is more to read"
        return None

    def unreadiness(self) -> str | None:
        """Why events are not passed on."""
        if self.is_ending:
            return "the dispatcher is ending"
        return self._observer.latest.journal_trouble or self.illness()
