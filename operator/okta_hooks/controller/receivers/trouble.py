"""What is wrong with a journal, a clock or what came, though events are received. Pure.

Each is one sentence that says what happened and what to do; numbers are in the status beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.admin.statistics import ReceiverStatistics
from okta_hooks.api.conditions import Reason
from okta_hooks.api.hook_status import JournalState
from okta_hooks.reconcile.problem import Problem

_CLOCK_TOLD = timedelta(hours=1)
"""For how long it is told that a clock was put: as long as one looks for why times are odd."""
_MOST_NAMED = 20

_HELD_BACK = {
    "differs": "Some events came with the uuid of an earlier one and other content",
    "unreadable": "Some deliveries held what is no event with a uuid",
}


def warning(receivers: Iterable[ReceiverStatistics]) -> Problem | None:
    """What somebody should see to though events are kept."""
    told = list(receivers)
    damaged = [name for each in told for name in each.journal.damaged]
    if damaged:
        return Problem(
            Reason.JOURNAL_DAMAGED,
            f"The journal's file {_named(damaged)} was damaged and is kept aside until retention drops it; what is"
            " whole in it still reaches sinks. See whether the volume is healthy.",
        )
    jump = next((each.clock_jump for each in told if each.clock_jump is not None), None)
    if jump is None or timedelta(seconds=jump.seconds_ago) >= _CLOCK_TOLD:
        return None
    direction = "forward" if jump.seconds > 0 else "back"
    return Problem(
        Reason.CLOCK_JUMPED,
        f"The node's clock was put {direction} by {abs(jump.seconds):.0f} s within the last hour: times of receipt"
        " before and after do not go together. No event is lost or repeated for that; see how the node keeps its time.",
    )


def held_back(dispatchers: Iterable[DispatcherStatistics]) -> str:
    """What came and no sink gets, for as long as the journal holds it; empty for nothing."""
    kept = {reason for each in dispatchers for reason, count in each.quarantined_kept.items() if count}
    sentences = [f"{said}, and are held back from sinks." for reason, said in _HELD_BACK.items() if reason in kept]
    if not sentences:
        return ""
    what_to_do = "Compare them with the System Log; `okta-hooks events` shows them as WITHHELD until they are dropped."
    return " ".join([*sentences, what_to_do])


def journal(
    receivers: Sequence[ReceiverStatistics], dispatchers: Sequence[DispatcherStatistics]
) -> JournalState | None:
    """How full the journal is and what is wrong with it, in numbers; None where no receiver could be asked."""
    if not receivers:
        return None
    told = receivers[0].journal
    lost = [each for dispatcher in dispatchers for each in dispatcher.lost]
    damaged = [*told.damaged, *(name for each in dispatchers for name in each.damaged_files)]
    return JournalState(
        used_bytes=told.used_bytes,
        limit_bytes=told.limit_bytes,
        damaged_files=damaged[-_MOST_NAMED:] or None,
        lost_ranges=len(lost),
        missing=sum(each.missing or 0 for each in lost),
    )


def _named(files: Sequence[str]) -> str:
    return files[-1] if len(files) == 1 else f"{files[-1]} (and {len(files) - 1} more)"
