"""Whether a status is worth writing: only when it says something new, and counters at most once a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from okta_hooks.api.hook_status import OktaEventHookStatus

COUNTERS_EVERY = timedelta(minutes=1)


def worth_writing(
    before: OktaEventHookStatus | None, after: OktaEventHookStatus, *, written_at: datetime | None, now: datetime
) -> OktaEventHookStatus | None:
    """The status to write, or None if it says nothing new.

    Args:
        before: The status that the object has.
        after: What there is to say now.
        written_at: When the operator wrote this status last; None where it has not since it started.
        now: The moment.
    """
    if before is None or _lasting(before) != _lasting(after):
        return after
    if before.deliveries == after.deliveries:  # that it was compared again is told with the next news
        return None
    due = written_at is None or now - written_at >= COUNTERS_EVERY
    return after if due else None


def _lasting(status: OktaEventHookStatus) -> OktaEventHookStatus:
    """Everything but what changes all the time."""
    return status.model_copy(update={"deliveries": None, "last_sync_time": None})
