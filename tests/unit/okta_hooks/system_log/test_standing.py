"""What is kept of a search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from okta_hooks.system_log.backfill import Searched
from okta_hooks.system_log.standing import Counts, Standing
from okta_hooks.system_log.windows import MILLISECOND, Window

_AT = datetime(2026, 11, 23, tzinfo=UTC)
_SECOND = 1000 * MILLISECOND
_TYPES = frozenset({"user.session.start"})


def _new(at: int = 100) -> Standing:
    """Of a hook that was verified first at a second, and is to be filled with the ten before it."""
    return Standing().verified(_TYPES, _TYPES, at_ns=at * _SECOND, history=timedelta(seconds=10))


def _part(since: int, until: int, brought: int = 1) -> Searched:
    return Searched(Window(since * _SECOND, until * _SECOND), missed=brought, brought=brought)


def test_a_history_begins_where_it_was_brought_to() -> None:
    standing = _new().after_history(_part(90, 93))
    assert standing.history == Window(93 * _SECOND, 100 * _SECOND)


def test_a_history_that_was_brought_is_over() -> None:
    assert _new().after_history(_part(90, 100)).history is None


def test_what_is_brought_of_a_history_is_not_missed() -> None:
    assert _new().after_history(_part(90, 93, brought=5)).counts == Counts(history=5)


def test_a_history_goes_on_to_its_end_where_okta_tells_meanwhile_when_the_hook_was_verified() -> None:
    standing = _new().after_history(_part(90, 93)).beginning_at(99 * _SECOND).after_history(_part(93, 95))
    assert standing.history == Window(95 * _SECOND, 99 * _SECOND)


def test_a_gap_that_was_searched_is_counted_and_over() -> None:
    standing = _new().searching(Window(101 * _SECOND, 105 * _SECOND)).after(_part(101, 105, brought=3), _AT)
    assert (standing.to_search.all, standing.counts, standing.missed_at) == ((), Counts(missed=3, filled=3), _AT)


def test_what_is_found_while_a_gap_is_searched_is_searched_next() -> None:
    standing = _new().searching(Window(101 * _SECOND, 105 * _SECOND)).after(_part(101, 103), _AT)
    later = standing.searching(Window(101 * _SECOND, 102 * _SECOND)).after(_part(103, 105), _AT)
    assert later.next == standing.history
    assert later.to_search.all == (Window(101 * _SECOND, 102 * _SECOND),)
