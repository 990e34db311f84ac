"""What the log says of a hook, and for how long."""

from __future__ import annotations

from datetime import timedelta

from okta_hooks.system_log.chronicle import Done, HookChronicle
from okta_hooks.system_log.seen import FAILURES_HOLD, READING_HOLDS, LogSeen
from unit.okta_hooks.system_log.written_pages import NOON

JUST_BEFORE = timedelta(microseconds=1)


def test_a_failure_shows_for_five_minutes_that_deliveries_fail() -> None:
    seen = LogSeen(failed_at=NOON)
    assert seen.is_failing(NOON + FAILURES_HOLD - JUST_BEFORE)
    assert not seen.is_failing(NOON + FAILURES_HOLD)


def test_a_log_that_was_read_to_its_end_shows_for_a_while_what_was_not_there() -> None:
    seen = LogSeen(read_through_at=NOON)
    assert seen.is_current(NOON + READING_HOLDS - JUST_BEFORE)
    assert not seen.is_current(NOON + READING_HOLDS)


def test_a_log_that_was_not_read_shows_nothing() -> None:
    assert not LogSeen().is_failing(NOON)
    assert not LogSeen().is_current(NOON)


def test_names_who_did_something_since_a_moment() -> None:
    seen = LogSeen(HookChronicle(done={"deleted": Done("eve@example.com", 5)}))
    assert seen.who("deleted", since_ns=4) == "eve@example.com"
    assert not seen.who("deleted", since_ns=5)
    assert not seen.who("updated")
