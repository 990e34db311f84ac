"""What keeps a hook from being as its spec says, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from okta_hooks.api.conditions import Reason


@dataclass(frozen=True)
class Problem:
    """One thing that is in the way.

    Args:
        reason: One word for it.
        message: What happened, to which object, and what to do.
        for_people: Whether nothing gets better until somebody does something.
        until: Before this, trying again is no use; None where only a change helps.
    """

    reason: Reason
    message: str
    for_people: bool = False
    until: datetime | None = None
