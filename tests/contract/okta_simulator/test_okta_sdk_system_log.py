"""Okta's SDK for Python reads the System Log, and follows its links from page to page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from okta.pagination import PaginationHelper

from contract.okta_simulator.okta_sdk import OktaSdk, Understood, done, understood
from contract.okta_simulator.watched import Watched

TYPE = "user.session.start"


def _next(page: Understood) -> str:
    cursor = PaginationHelper.extract_next_cursor(dict(page.headers))
    assert cursor is not None
    return str(cursor)


async def test_pages_follow_each_other_without_a_gap_or_a_repetition(okta: Watched, sdk: OktaSdk) -> None:
    emitted = [okta.emit(TYPE).uuid for _ in range(5)]
    wanted = f'eventType eq "{TYPE}"'
    first = await understood(sdk.list_log_events(filter=wanted, limit=3))
    second = await understood(sdk.list_log_events(filter=wanted, limit=3, after=_next(first)))
    assert [entry.uuid for entry in (*first.value, *second.value)] == emitted


async def test_the_last_page_leads_to_what_comes_later(okta: Watched, sdk: OktaSdk) -> None:
    wanted = f'eventType eq "{TYPE}"'
    nothing = await understood(sdk.list_log_events(filter=wanted))
    later = okta.emit(TYPE)
    (entry,) = await done(sdk.list_log_events(filter=wanted, after=_next(nothing)))
    assert (nothing.value, entry.uuid) == ([], later.uuid)


async def test_a_bounded_query_ends(okta: Watched, sdk: OktaSdk) -> None:
    event = okta.emit(TYPE)
    since, until = datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC) + timedelta(hours=1)
    answer = await understood(
        sdk.list_log_events(since=since.isoformat(), until=until.isoformat(), filter=f'eventType eq "{TYPE}"')
    )
    assert [entry.uuid for entry in answer.value] == [event.uuid]
    assert PaginationHelper.extract_next_cursor(dict(answer.headers)) is None


async def test_the_newest_comes_first_on_demand(okta: Watched, sdk: OktaSdk) -> None:
    older, newer = okta.emit(TYPE), okta.emit(TYPE)
    entries = await done(sdk.list_log_events(filter=f'eventType eq "{TYPE}"', sort_order="DESCENDING"))
    assert [entry.uuid for entry in entries] == [newer.uuid, older.uuid]


async def test_keywords_find_events(okta: Watched, sdk: OktaSdk) -> None:
    event = okta.emit("user.account.lock")
    assert event.uuid in [entry.uuid for entry in await done(sdk.list_log_events(q="user.account.lock"))]


async def test_a_filter_that_cannot_be_read_is_refused_in_words(sdk: OktaSdk) -> None:
    answer = await understood(sdk.list_log_events(filter="eventType like 1"))
    assert (answer.status, answer.error.error_code) == (400, "E0000053")


async def test_every_type_of_event_is_understood(okta: Watched, sdk: OktaSdk) -> None:
    emitted = {okta.emit(event_type.name).uuid for event_type in okta.organization.events.catalog}
    assert {entry.uuid for entry in await done(sdk.list_log_events(limit=1000))} >= emitted
