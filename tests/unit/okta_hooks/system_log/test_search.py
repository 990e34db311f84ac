"""Searching a time of the log."""

from __future__ import annotations

import pytest

from okta_hooks.okta.errors import Unavailable
from okta_hooks.okta.port import LogQuery
from okta_hooks.system_log.search import PagedSearch
from unit.okta_hooks.system_log.written_pages import NOON, WrittenPages, entry, page

NOON_NS = int(NOON.timestamp()) * 10**9
SIGN_INS = frozenset({"user.session.start"})


async def found(log: WrittenPages) -> list[list[str]]:
    """The uuids of each page that a search for sign-ins gives."""
    search = PagedSearch(log)
    pages = search.entries(since_ns=NOON_NS - 10**9, until_ns=NOON_NS, event_types=SIGN_INS)
    return [[each.uuid for each in entries] async for entries in pages]


async def test_goes_from_page_to_page_until_there_is_no_next() -> None:
    log = WrittenPages({"": page(entry("a"), entry("b"), then="2"), "2": page(entry("c"))})
    assert await found(log) == [["a", "b"], ["c"]]


async def test_asks_for_the_time_and_the_types() -> None:
    log = WrittenPages({"": page()})
    await found(log)
    (query,) = log.asked
    assert query.since is not None
    assert (query.since.timestamp(), query.until) == (NOON.timestamp() - 1, NOON)
    assert query.filter == 'eventType eq "user.session.start"'


async def test_gives_nothing_but_what_was_asked_for() -> None:
    log = WrittenPages({"": page(entry("a"), entry("b", "user.session.end"))})
    assert await found(log) == [["a"]]


async def test_an_empty_page_is_not_the_last_where_it_names_another() -> None:
    assert await found(WrittenPages({"": page(then="2"), "2": page(entry("a"))})) == [["a"]]


async def test_a_link_that_leads_back_is_told_and_not_followed_for_ever() -> None:
    log = WrittenPages({"": page(entry("a"), then="2"), "2": page(entry("b"), then="3"), "3": page(then="2")})
    with pytest.raises(Unavailable, match="leads back"):
        await found(log)
    assert len(log.asked) == 3


async def test_what_is_no_log_is_told() -> None:
    with pytest.raises(Unavailable, match="no System Log"):
        await found(WrittenPages({"": page(body=b"<html>")}))


async def test_the_same_query_goes_on_behind_each_page() -> None:
    log = WrittenPages({"": page(then="2"), "2": page()})
    await found(log)
    first, second = log.asked
    assert second == LogQuery(first.since, first.until, after="2", filter=first.filter)
