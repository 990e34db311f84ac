"""Following next links, whatever happens in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from okta_simulator.options import Log
from okta_simulator.system_log.cursor import BoundedCursor, PollingCursor
from okta_simulator.system_log.paging import page_of
from okta_simulator.system_log.query import Bounded, Polling, query_of
from unit.okta_simulator.system_log.written_log import START, WrittenLog

Append: TypeAlias = tuple[int, int]
"""Seconds that pass before it, and seconds between the event and its emission."""

STEPS = st.lists(st.one_of(st.tuples(st.integers(0, 900), st.integers(0, 900)), st.just("poll")), max_size=60)
SINCE = (START - timedelta(days=1)).isoformat()


class _Poller:
    def __init__(self, written: WrittenLog, limit: int) -> None:
        self.written = written
        self.limit = limit
        self.next: PollingCursor | None = None
        self.seen: list[str] = []

    async def poll(self) -> int:
        parameters = {"limit": str(self.limit), "since": SINCE}
        query = query_of(parameters, self.written.clock.now(), self.written.options)
        assert isinstance(query, Polling)
        page = await page_of(self.written.log, Polling(query.sought, self.next or query.begin))
        assert isinstance(page.next, PollingCursor)
        self.next = page.next
        self.seen += [msgspec.json.decode(entry)["uuid"] for entry in page.entries]
        return len(page.entries)


@given(steps=STEPS, limit=st.integers(1, 5), delay=st.sampled_from([0, 30, 600]))
async def test_polling_sees_every_entry_exactly_once(steps: Sequence[Append | str], limit: int, delay: int) -> None:
    written = WrittenLog(Log(persistence_delay=timedelta(seconds=delay)))
    poller = _Poller(written, limit)
    appended = []
    for step in steps:
        if isinstance(step, str):
            await poller.poll()
        else:
            passing, lateness = step
            written.pass_time(seconds=passing)
            appended.append(written.write(ago=timedelta(seconds=lateness)))
    written.pass_time(seconds=delay + 1)
    while await poller.poll():
        pass
    assert sorted(poller.seen) == sorted(appended)


@given(ages=st.lists(st.integers(0, 50), max_size=40), limit=st.integers(1, 7), descending=st.booleans())
async def test_a_bounded_query_gives_its_range_in_order_and_once(
    ages: Sequence[int], limit: int, *, descending: bool
) -> None:
    written = WrittenLog()
    appended = [(age, written.write(ago=timedelta(seconds=age))) for age in ages]
    since, until = written.time(seconds=-40), written.time(seconds=-10)
    order = "DESCENDING" if descending else "ASCENDING"
    parameters = {"since": since, "until": until, "limit": str(limit), "sortOrder": order}
    query = query_of(parameters, written.clock.now(), written.options)
    assert isinstance(query, Bounded)
    seen: list[str] = []
    while True:
        page = await page_of(written.log, query)
        seen += [msgspec.json.decode(entry)["uuid"] for entry in page.entries]
        if page.next is None:
            break
        assert isinstance(page.next, BoundedCursor)
        query = replace(query, after=page.next)
    ranged = sorted((entry for entry in appended if 10 < entry[0] <= 40), key=lambda entry: -entry[0])
    expected = [uuid for _, uuid in ranged]
    assert seen == (expected[::-1] if descending else expected)
