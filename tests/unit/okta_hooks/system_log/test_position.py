"""How far a poll has read, and what it asks for next."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.okta.port import LogQuery
from okta_hooks.system_log.position import OVERLAP, RETENTION, Position
from unit.okta_hooks.system_log.written_pages import NOON, entry, page

MINUTE = timedelta(minutes=1)
SIGN_INS, SIGN_OUTS = 'eventType eq "user.session.start"', 'eventType eq "user.session.end"'


def read(position: Position, *published: datetime, told_at: datetime | None = None, now: datetime = NOON) -> Position:
    """The position behind a page."""
    entries = [entry(str(number), at=at) for number, at in enumerate(published)]
    return position.behind(page(*entries, then="next", told_at=told_at), entries, LogQuery(filter=SIGN_INS), now)


def test_the_very_first_query_looks_back_a_little() -> None:
    assert Position().query(SIGN_INS, NOON) == LogQuery(since=NOON - OVERLAP, filter=SIGN_INS)


def test_goes_on_behind_the_last_page() -> None:
    position = read(Position(), NOON)
    assert position.query(SIGN_INS, NOON + MINUTE) == LogQuery(after="next", filter=SIGN_INS)


def test_another_filter_begins_anew_with_an_overlap() -> None:
    position = read(Position(), told_at=NOON)
    assert position.query(SIGN_OUTS, NOON + 60 * MINUTE) == LogQuery(since=NOON - OVERLAP, filter=SIGN_OUTS)


def test_so_does_a_cursor_that_okta_does_not_take_any_more() -> None:
    position = read(Position(), told_at=NOON).anew()
    assert position.query(SIGN_INS, NOON + 60 * MINUTE) == LogQuery(since=NOON - OVERLAP, filter=SIGN_INS)


def test_nothing_is_asked_for_that_okta_does_not_keep() -> None:
    position = read(Position(), told_at=NOON).anew()
    late = NOON + timedelta(days=200)
    assert position.query(SIGN_INS, late) == LogQuery(since=late - RETENTION, filter=SIGN_INS)


def test_an_empty_page_shows_that_everything_is_read_by_okta_s_clock() -> None:
    assert read(Position(), told_at=NOON + MINUTE, now=NOON).read_until == NOON + MINUTE


def test_where_okta_does_not_tell_its_time_ours_counts() -> None:
    assert read(Position(), now=NOON).read_until == NOON


def test_a_page_shows_that_what_is_older_than_its_newest_entry_is_read() -> None:
    position = read(Position(), NOON - 5 * MINUTE, NOON - 3 * MINUTE, NOON - 4 * MINUTE, told_at=NOON)
    assert position.read_until == NOON - 3 * MINUTE


def test_an_entry_from_the_future_does_not_push_the_position_there() -> None:
    assert read(Position(), NOON + 60 * MINUTE, told_at=NOON).read_until == NOON


@pytest.mark.parametrize("older", [NOON - 60 * MINUTE, datetime(1970, 1, 1, tzinfo=NOON.tzinfo)])
def test_old_entries_that_come_late_do_not_pull_the_position_back(older: datetime) -> None:
    assert read(read(Position(), told_at=NOON), older, told_at=NOON + MINUTE).read_until == NOON


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(lambda each: each.replace(tzinfo=NOON.tzinfo))  # noqa: DTZ001


@given(st.lists(st.tuples(st.lists(MOMENTS, max_size=4), MOMENTS), max_size=6))
def test_a_position_never_goes_back_and_never_ahead_of_okta(pages: list[tuple[list[datetime], datetime]]) -> None:
    position, latest = Position(), datetime(2025, 1, 1, tzinfo=NOON.tzinfo)
    for published, told_at in pages:
        after, latest = read(position, *published, told_at=told_at), max(latest, told_at)
        assert after.read_until is not None
        assert position.read_until is None or after.read_until >= position.read_until
        assert after.read_until <= latest
        position = after
