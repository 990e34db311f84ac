"""What is told of a journal, a clock or what came, though events are received."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics, LostStatistics
from okta_hooks.admin.statistics import ClockJump, JournalStatistics, ReceiverStatistics
from okta_hooks.api.conditions import Reason
from okta_hooks.controller.receivers.trouble import held_back, journal, warning

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILE = "0001763899200000.damaged"


def receiver(*damaged: str, jump: ClockJump | None = None) -> ReceiverStatistics:
    return ReceiverStatistics(
        started_at=NOW,
        requests={},
        events={},
        event_bytes=0,
        last_event_at=None,
        hook_ids={},
        secrets=(),
        rotation_pending=False,
        journal=JournalStatistics(70, 100, "", damaged=damaged),
        clock_jump=jump,
    )


def dispatcher(*lost: LostStatistics, damaged: tuple[str, ...] = (), **kept: int) -> DispatcherStatistics:
    return DispatcherStatistics(
        started_at=NOW, observed_at=NOW, lost=lost, damaged_files=damaged, quarantined_kept=kept
    )


def test_a_receiver_that_is_well_is_warned_of_nothing() -> None:
    assert warning([receiver()]) is None


def test_a_damaged_file_of_the_journal_is_named() -> None:
    told = warning([receiver(FILE)])
    assert told is not None
    assert (told.reason, FILE in told.message) == (Reason.JOURNAL_DAMAGED, True)


@pytest.mark.parametrize(("seconds", "word"), [(3600.0, "forward"), (-90.0, "back")])
def test_a_clock_that_was_put_is_told_for_an_hour(seconds: float, word: str) -> None:
    told = warning([receiver(jump=ClockJump(seconds, 3599))])
    assert told is not None
    assert told.reason is Reason.CLOCK_JUMPED
    assert f"put {word} by {abs(seconds):.0f} s" in told.message
    assert warning([receiver(jump=ClockJump(seconds, 3600))]) is None


def test_an_event_without_uuid_is_told_while_it_is_kept() -> None:
    assert "no event with a uuid" in held_back([dispatcher(unreadable=1)])


def test_a_uuid_with_other_content_is_told_while_it_is_kept() -> None:
    assert "the uuid of an earlier one and other content" in held_back([dispatcher(differs=2)])


def test_what_was_held_back_and_dropped_since_is_told_no_more() -> None:
    assert held_back([dispatcher(differs=0, unreadable=0)]) == ""


def test_the_status_says_how_full_the_journal_is_and_what_is_damaged() -> None:
    lost = LostStatistics(NOW, NOW, 5, FILE, missing=3)
    told = journal([receiver(FILE)], [dispatcher(lost, damaged=("ledger.db.damaged-1",))])
    assert told is not None
    assert (told.used_bytes, told.limit_bytes, told.lost_ranges, told.missing) == (70, 100, 1, 3)
    assert told.damaged_files == [FILE, "ledger.db.damaged-1"]


def test_of_a_journal_whose_receiver_is_silent_nothing_is_told() -> None:
    assert journal([], [dispatcher()]) is None
