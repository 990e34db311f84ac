"""What the probes of a dispatcher are told."""

from __future__ import annotations

from datetime import UTC, datetime

from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics
from okta_hooks.dispatch.health import DispatcherHealth
from okta_hooks.journal import BEGINNING, Position

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Seen:
    """What an observer saw last, and how far the index is."""

    def __init__(self, *, not_indexed: int = 0, journal_trouble: str | None = None) -> None:
        self.latest = DispatcherStatistics(
            started_at=NOON, observed_at=NOON, not_indexed=not_indexed, journal_trouble=journal_trouble
        )
        self.place = BEGINNING
        self.seconds = 0.0
        self.health = DispatcherHealth(self, self, clock=lambda: self.seconds)

    def illness_after(self, seconds: float) -> str | None:
        """What the probe is told, having asked before."""
        self.health.illness()
        self.seconds += seconds
        return self.health.illness()


def test_an_index_that_has_everything_may_stand_still() -> None:
    assert Seen(not_indexed=0).illness_after(1000) is None


def test_an_index_that_stands_still_with_more_to_read_needs_a_new_start() -> None:
    assert Seen(not_indexed=5).illness_after(121) == (
        "the index has stood still for 121 s although there is more to read"
    )


def test_an_index_that_moves_is_well_however_much_there_is_to_read() -> None:
    seen = Seen(not_indexed=5)
    for number in range(10):
        seen.place = Position(1, number, number)
        assert seen.illness_after(100) is None


def test_a_journal_that_can_not_be_read_is_not_cured_by_a_new_start() -> None:
    seen = Seen(not_indexed=5, journal_trouble="the volume is away")
    assert seen.illness_after(1000) is None
    assert seen.health.unreadiness() == "the volume is away"


def test_is_not_ready_while_it_ends() -> None:
    seen = Seen()
    seen.health.is_ending = True
    assert seen.health.unreadiness() == "the dispatcher is ending"
