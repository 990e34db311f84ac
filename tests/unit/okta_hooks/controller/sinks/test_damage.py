"""What sinks miss, or get again, after files were damaged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from okta_hooks.admin.dispatcher_statistics import LostStatistics
from okta_hooks.api.conditions import Reason
from okta_hooks.controller.sinks.damage import files_damaged, lost

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILE = "/var/lib/okta-hooks/journal/0001763899200000.damaged"


def part(hour: int, missing: int | None) -> LostStatistics:
    begin = NOON + timedelta(hours=hour)
    return LostStatistics(begin, begin + timedelta(minutes=30), 3, FILE, missing)


@pytest.mark.parametrize("missing", [2, None])
def test_what_is_missing_is_told_with_its_time_and_its_file(missing: int | None) -> None:
    told = lost([part(0, missing), part(1, missing)])
    assert told is not None
    assert told.reason is Reason.EVENTS_LOST
    assert "between 2026-11-23T12:00:00Z and 2026-11-23T13:30:00Z" in told.message
    assert "(see 0001763899200000.damaged)" in told.message


def test_what_has_come_again_is_not_lost() -> None:
    assert lost([part(0, 0)]) is None


def test_of_several_losses_only_what_is_missing_is_told() -> None:
    told = lost([part(0, 0), part(1, 1)])
    assert told is not None
    assert "between 2026-11-23T13:00:00Z and" in told.message


def test_a_damaged_index_has_cost_nothing() -> None:
    assert "sinks miss nothing" in files_damaged(["index.db.damaged-1"])


def test_a_damaged_ledger_may_have_given_sinks_events_again() -> None:
    told = files_damaged(["index.db.damaged-1", "ledger.db.damaged-2"])
    assert "again" in told
    assert "ledger.db.damaged-2" in told


def test_without_damage_nothing_is_told() -> None:
    assert files_damaged([]) == ""
