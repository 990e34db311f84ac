"""Looks that a user asks for with the annotation: each value counts once, and not more often than Okta can bear.

What was handled last is in the status, so that an operator that was started again does not take an old value for a new
one, and the user sees that a look was had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.api.values import HANDLED_LENGTH
from okta_hooks.controller.attention import RECONCILE_AT

GAP = timedelta(seconds=10)
"""Between two looks of one object: who may annotate it must not thereby use up the organisation's rate limit."""


@dataclass(frozen=True)
class Wishes:
    """What of a user's wishes was fulfilled.

    Args:
        handled: The value that was handled last; empty for none.
        at: When a look was last begun for one; None where none was since the operator started.
    """

    handled: str = ""
    at: datetime | None = None

    def granted(self, wish: str, now: datetime) -> Wishes | None:
        """The same with a wish fulfilled; None where there is no other one than before, or it has to wait."""
        is_new = wish not in ("", self.handled)
        return Wishes(wish, now) if is_new and not self._is_too_soon(now) else None

    def due(self, wish: str, now: datetime) -> datetime | None:
        """When a wish that has to wait will be granted; None where none waits."""
        waits = wish not in ("", self.handled) and self.at is not None and self._is_too_soon(now)
        return self.at + GAP if waits and self.at is not None else None

    def _is_too_soon(self, now: datetime) -> bool:
        """A clock that was put back keeps nobody waiting."""
        return self.at is not None and timedelta() <= now - self.at < GAP


def wish(annotations: Mapping[str, str]) -> str:
    """What an object's annotation says, as far as a status keeps it; empty for nothing."""
    return annotations.get(RECONCILE_AT, "")[:HANDLED_LENGTH]
