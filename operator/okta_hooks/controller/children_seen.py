"""What was last seen of each hook's children: a look each minute for a few numbers need not list them all again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.kube.difference import Live
from okta_hooks.kube.objects import ObjectKey

HOLDS = timedelta(minutes=5)
"""Age at which children are listed again; those of kinds that are watched are as soon as one of them changes."""


@dataclass(frozen=True)
class _Seen:
    live: Live
    at: datetime


class ChildrenSeen:
    """Remembers children until one of them changes, or it was long ago.

    Args:
        clock: Tells the time.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._seen: dict[ObjectKey, _Seen] = {}
        self._changes: dict[ObjectKey, int] = {}

    def of(self, hook: ObjectKey) -> Live | None:
        """The children of a hook as they are; None where they have to be listed."""
        seen = self._seen.get(hook)
        return seen.live if seen is not None and self._clock() - seen.at < HOLDS else None

    def changes(self, hook: ObjectKey) -> int:
        """How often a child has changed: to be asked for before looking, and given back with what was seen."""
        return self._changes.get(hook, 0)

    def saw(self, hook: ObjectKey, live: Live, changes: int) -> None:
        """These are the children, unless one has changed since the changes were counted."""
        if changes != self.changes(hook):
            return
        at = self._seen[hook].at if self.of(hook) is not None else self._clock()  # since when they were not listed
        self._seen[hook] = _Seen(live, at)

    def changed(self, hook: ObjectKey) -> None:
        """A child of a hook has changed, or is gone."""
        self._changes[hook] = self.changes(hook) + 1
        self._seen.pop(hook, None)

    def forget(self, hook: ObjectKey) -> None:
        """The hook is gone."""
        self._changes.pop(hook, None)
        self._seen.pop(hook, None)
