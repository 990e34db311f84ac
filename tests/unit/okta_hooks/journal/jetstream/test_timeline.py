"""What a stream's timeline remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from okta_hooks.journal import BEGINNING, Position
from okta_hooks.journal.jetstream.timeline import Timeline

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def place(number: int) -> Position:
    return Position(1, number, number - 1)


def days(count: int) -> Timeline:
    """A timeline of a mark a day."""
    timeline = Timeline()
    for number in range(count):
        timeline = timeline.marked(NOON + number * DAY, place(number + 1))
    return timeline


def test_tells_what_was_the_oldest_place_at_a_time() -> None:
    assert days(5).oldest_at(NOON + 2.5 * DAY) == place(3)


def test_knows_of_nothing_before_its_first_mark() -> None:
    assert days(5).oldest_at(NOON - DAY) == BEGINNING


def test_a_mark_soon_after_another_is_left_out() -> None:
    timeline = days(1)
    assert timeline.marked(NOON + timedelta(hours=1), place(9)) is timeline


def test_is_bounded_and_reaches_back_longer_than_a_back_fill_may() -> None:
    timeline = Timeline()
    for number in range(1000):
        timeline = timeline.marked(NOON + number * timedelta(hours=6), place(number + 1))
    newest = NOON + 999 * timedelta(hours=6)
    assert timeline.oldest_at(newest - 90 * DAY) != BEGINNING
    assert len(timeline.marks) < 500


def test_survives_being_written_down() -> None:
    timeline = days(3)
    assert msgspec.json.decode(msgspec.json.encode(timeline), type=Timeline) == timeline
