"""Repairs: what the operator put right because somebody else had changed a hook in Okta, and when it stops doing so.

A few repairs are made at once. One that follows soon after others waits, longer each time, and in the end the operator
stops: whoever changes the hook back each time (another operator, a job with Terraform) would never stop either, and
somebody has to decide between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

MOST_IN_A_ROW = 8
"""Repairs that somebody may undo before the operator stops: over five minutes, as the pauses grow."""
CALM = timedelta(minutes=30)
"""A repair that has held for so long ends the row."""

_AT_ONCE = 3
_FIRST_PAUSE = timedelta(seconds=10)


class Cause(StrEnum):
    """What somebody else did to a hook; the reason of the Event, and a label of the metric."""

    DEACTIVATED = "HookDeactivated"
    ACTIVATED = "HookActivated"
    DELETED = "HookDeleted"
    CHANGED = "HookChanged"
    UNVERIFIED = "HookUnverified"
    TOUCHED = "HookTouched"
    SECRET_REFUSED = "SecretRefused"  # noqa: S105 -- a name


_SENTENCES = {
    Cause.DEACTIVATED: "{who} deactivated the hook in Okta; the operator activated it again.",
    Cause.ACTIVATED: "{who} activated the hook in Okta; the operator deactivated it again, as state says.",
    Cause.DELETED: "{who} deleted the hook in Okta; the operator made it again.",
    Cause.CHANGED: "{who} changed {fields} of the hook in Okta; the operator put the spec back.",
    Cause.UNVERIFIED: "Okta did not trust the endpoint any more; the operator had it verified again.",
    Cause.TOUCHED: (
        "{who} changed the hook in Okta and no difference shows, so it may be the secret; the operator wrote the whole"
        " hook again."
    ),
    Cause.SECRET_REFUSED: (
        "The receiver refused deliveries for their secret, and answers the operator's own; the operator wrote the whole"
        " hook again, with its secret."
    ),
}


@dataclass(frozen=True)
class Repair:
    """One repair.

    Args:
        cause: What had been done.
        fields: The fields of the spec that were changed, where that is the cause.
        by: Who had done it, as the System Log tells; empty where that is not known.
    """

    cause: Cause
    fields: tuple[str, ...] = ()
    by: str = ""

    def sentence(self) -> str:
        """What happened, and what was done."""
        return _SENTENCES[self.cause].format(who=self.by or "Somebody", fields=", ".join(self.fields))


@dataclass(frozen=True)
class Repairs:
    """What was repaired of one hook.

    Args:
        count: How often, since the object exists.
        in_a_row: How many of these followed each other before one held for a while.
        last: The last one's sentence.
        last_at: When it was.
    """

    count: int = 0
    in_a_row: int = 0
    last: str = ""
    last_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether the operator stops, until somebody asks for more."""
        return self.in_a_row >= MOST_IN_A_ROW

    def due(self) -> datetime | None:
        """The earliest moment of the next repair; None where it need not wait, or is never made."""
        if self.last_at is None or self.in_a_row < _AT_ONCE or self.is_over:
            return None
        return self.last_at + _FIRST_PAUSE * (1 << self.in_a_row - _AT_ONCE)

    def after(self, repair: Repair, now: datetime) -> Repairs:
        """The same with another repair. Strangers can cause refusals at will, which are no reason to hold others up."""
        in_a_row = self.in_a_row + (repair.cause is not Cause.SECRET_REFUSED)
        return Repairs(self.count + 1, in_a_row, repair.sentence(), now)

    def while_in_line(self, now: datetime) -> Repairs:
        """The same when the hook is seen to be as it should be."""
        has_held = self.last_at is not None and now - self.last_at >= CALM
        return self.asked_for() if has_held else self

    def asked_for(self) -> Repairs:
        """The same when somebody wants the operator to go on: the user who asks for a look or changes the spec."""
        return replace(self, in_a_row=0)
