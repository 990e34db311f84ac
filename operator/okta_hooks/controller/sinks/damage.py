"""What sinks miss, or get again, after files were damaged. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from okta_hooks.admin.dispatcher_statistics import LostStatistics
from okta_hooks.api.conditions import Reason
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.timestamps import timestamp


def lost(ranges: Sequence[LostStatistics]) -> Problem | None:
    """What can't be read any more and has not come again; None where all of it has."""
    open_ones = [each for each in ranges if each.missing != 0]
    if not open_ones:
        return None
    since, until = min(each.since for each in open_ones), max(each.until for each in open_ones)
    return Problem(
        Reason.EVENTS_LOST,
        f"Events received between {timestamp(since)} and {timestamp(until)} can't be read in the journal any more (see"
        f" {PurePath(open_ones[-1].where).name}), and sinks that had not had them miss them until a back-fill from"
        " Okta's System Log brings them: see that delivery.backfill is Repair, or look them up there.",
    )


def files_damaged(names: Sequence[str]) -> str:
    """Which files of the dispatcher's own were damaged; empty for none."""
    if not names:
        return ""
    ledger = any(name.startswith("ledger.") for name in names)
    consequence = (
        "Sinks may have got events again, and dead letters from before are in that file"
        if ledger
        else "It was made again from the journal, and sinks miss nothing"
    )
    return (
        f"A file of the dispatcher was damaged and is kept as {', '.join(names[-2:])}. {consequence}. See whether the"
        " volume is healthy, and remove the file when nobody needs it."
    )
