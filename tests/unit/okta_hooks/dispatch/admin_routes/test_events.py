"""What is in the journal, a part at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from okta_hooks.admin.dispatcher_requests import EventsPage, EventsQuery
from okta_hooks.dispatch.admin_routes.events import EventsLookup
from okta_hooks.dispatch.admin_routes.reading import NotPossible
from okta_hooks.journal import LogReader, Record
from samples.dispatch import Bench, a_bench, event, events

NOON_NS = 1_769_860_800_000_000_000
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def lookup(bench: Bench, tmp_path: Path) -> EventsLookup:
    return EventsLookup(LogReader(tmp_path / "journal"), bench.own.index)


def uuids(page: EventsPage) -> list[str]:
    return [seen.uuid for seen in page.events]


async def test_lists_everything_from_the_oldest_on(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append(events(3))
    page = await lookup.page(EventsQuery())
    assert uuids(page) == ["uuid-0", "uuid-1", "uuid-2"]
    assert page.complete


async def test_goes_on_behind_an_answer(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append(events(3))
    first = await lookup.page(EventsQuery(limit=2))
    assert not first.complete
    second = await lookup.page(EventsQuery(limit=2, after=first.next))
    assert (uuids(first), uuids(second), second.complete) == (["uuid-0", "uuid-1"], ["uuid-2"], True)


async def test_follows_from_the_end_on(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append(events(2))
    end = await lookup.page(EventsQuery(after="end"))
    await bench.journal.append(events(1, first=2))
    assert uuids(end) == []
    assert uuids(await lookup.page(EventsQuery(after=end.next))) == ["uuid-2"]


async def test_finds_by_time_of_receipt(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append([Record(str(number), b"{}", NOON_NS + number - 1) for number in range(4)])
    later = datetime.fromtimestamp(NOON.timestamp() + 60, UTC)
    assert uuids(await lookup.page(EventsQuery(since=NOON, until=later))) == ["1", "2", "3"]
    assert uuids(await lookup.page(EventsQuery(until=NOON))) == ["0"]


async def test_finds_by_type(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append([Record(each, b'{"eventType":"%s"}' % each.encode(), 1) for each in ("a.b", "a.c", "d")])
    assert uuids(await lookup.page(EventsQuery(type=("a.*",)))) == ["a.b", "a.c"]
    assert uuids(await lookup.page(EventsQuery(type=("a.b", "d")))) == ["a.b", "d"]


async def test_finds_one_by_its_uuid(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append(events(3))
    await bench.indexed()
    assert uuids(await lookup.page(EventsQuery(uuid="uuid-1"))) == ["uuid-1"]
    assert uuids(await lookup.page(EventsQuery(uuid="never"))) == []


async def test_shows_an_event_as_okta_sent_it_with_how_it_came(bench: Bench, lookup: EventsLookup) -> None:
    text = b'{"eventType":"user.session.start","published":"2026-01-31T11:59:59Z","n":1.10}'
    await bench.journal.append([Record("u", text, NOON_NS, delivery="d")])
    (seen,) = (await lookup.page(EventsQuery())).events
    assert seen.event == msgspec.Raw(text)
    assert (seen.event_type, seen.received, seen.path, seen.delivery) == ("user.session.start", NOON, "hook", "d")
    assert seen.published == datetime(2026, 1, 31, 11, 59, 59, tzinfo=UTC)


async def test_says_what_no_sink_gets(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append([event(0), event(0), event(1)])
    await bench.indexed()
    assert [seen.withheld for seen in (await lookup.page(EventsQuery())).events] == [False, True, False]


async def test_shows_what_is_no_json_in_base64(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append([Record("", b"\xff", 1)])
    (seen,) = (await lookup.page(EventsQuery())).events
    assert (seen.event, seen.base64) == (msgspec.Raw(b"null"), "/w==")


async def test_looks_at_a_bounded_part_at_a_time(bench: Bench, lookup: EventsLookup) -> None:
    await bench.journal.append([Record(str(number), b'{"eventType":"x"}', 1) for number in range(2500)])
    page = await lookup.page(EventsQuery(type=("y",)))
    assert (page.events, page.complete) == ((), False)
    assert (await lookup.page(EventsQuery(type=("y",), after=page.next))).complete


async def test_a_place_that_is_none_is_named(lookup: EventsLookup) -> None:
    with pytest.raises(NotPossible, match=r"`after` is 'x' and must be `next` of an answer, or `end`"):
        await lookup.page(EventsQuery(after="x"))
