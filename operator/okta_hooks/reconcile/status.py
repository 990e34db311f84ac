"""Whether a status is worth writing: only when it says something new, and counters at most once a minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from okta_hooks.api.conditions import ConditionType
from okta_hooks.api.delivery import BackfillStatus
from okta_hooks.api.hook_status import OktaEventHookStatus, SinkStatus
from okta_hooks.api.values import Condition

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
    if before == after.model_copy(update={"last_sync_time": before.last_sync_time}):  # told with the next news
        return None
    due = written_at is None or now - written_at >= COUNTERS_EVERY
    return after if due else None


def say_otherwise(before: Sequence[SinkStatus] | None, after: Sequence[SinkStatus] | None) -> bool:
    """Whether sinks do otherwise than before, whatever their numbers are."""
    return [*map(_without_numbers, before or ())] != [*map(_without_numbers, after or ())]


def _lasting(status: OktaEventHookStatus) -> OktaEventHookStatus:
    """Everything but what changes all the time."""
    conditions = [_without_moment(condition) for condition in status.conditions]
    sinks = [*map(_without_numbers, status.sinks or ())]
    backfill = _without_progress(status.backfill) if status.backfill is not None else None
    return status.model_copy(
        update={
            "deliveries": None,
            "system_log": None,
            "journal": None,
            "last_sync_time": None,
            "conditions": conditions,
            "sinks": sinks,
            "backfill": backfill,
        }
    )


def _without_progress(backfill: BackfillStatus) -> BackfillStatus:
    """What is due since when is kept at once: what is not would be found to be due since later."""
    return BackfillStatus(
        mode=backfill.mode, message=backfill.message, since=backfill.since, subscribed=backfill.subscribed
    )


def _without_numbers(sink: SinkStatus) -> SinkStatus:
    return SinkStatus(name=sink.name, state=sink.state, reason=sink.reason, message=sink.message)


def _without_moment(condition: Condition) -> Condition:
    """Delivering names the moment of the last event, which is another with every delivery."""
    return condition.model_copy(update={"message": ""}) if condition.type == ConditionType.DELIVERING else condition
