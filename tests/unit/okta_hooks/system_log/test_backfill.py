"""What a search of the log finds and brings."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from okta_hooks.system_log.backfill import PodUnavailable, Searched, search
from okta_hooks.system_log.due import Due, Filters
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.windows import MILLISECOND, Window, Windows
from unit.okta_hooks.system_log.given import SIGN_IN, KnowingPod, Log, entry

_ALL = Window(0, 1000 * MILLISECOND)
_DUE = Due(Subscription({SIGN_IN: 0}))
_LARGE = bytes(3 << 20)


async def test_what_came_is_not_missed() -> None:
    pod = KnowingPod(known={"a"})
    assert await _missed([entry("a", 1)], pod) == 0


async def test_what_never_came_is_missed_and_brought_as_okta_has_it() -> None:
    pod = KnowingPod()
    assert await _missed([entry("a", 1, payload=b'{"as": "it is"}')], pod) == 1
    assert pod.brought == [b'{"as": "it is"}']


async def test_it_is_brought_oldest_first() -> None:
    pod = KnowingPod()
    await _missed([entry("b", 20, payload=b"later"), entry("a", 10, payload=b"earlier")], pod)
    assert pod.brought == [b"earlier", b"later"]


async def test_where_gaps_are_only_to_be_told_nothing_is_brought() -> None:
    pod = KnowingPod()
    assert await _missed([entry("a", 1)], pod, bring=False) == 1
    assert pod.brought == []


async def test_what_was_not_due_is_not_missed() -> None:
    pod = KnowingPod()
    due = Due(Subscription({SIGN_IN: 50 * MILLISECOND}))
    assert await _missed([entry("before", 49), entry("after", 50)], pod, due) == 1


async def test_what_the_filter_leaves_out_is_not_missed() -> None:
    due = Due(Subscription({SIGN_IN: 0}), Filters(conditions={SIGN_IN: lambda payload: payload == b"{}"}))
    assert await _missed([entry("let through", 1), entry("left out", 2, payload=b"[]")], KnowingPod(), due) == 1


async def test_where_a_filter_cannot_be_evaluated_events_are_neither_missed_nor_brought_and_counted_apart() -> None:
    pod = KnowingPod()
    due = Due(Subscription({SIGN_IN: 0}), Filters(unreadable={SIGN_IN: "it has functions"}))
    parts = await _searched([entry("a", 1)], pod, due)
    assert (sum(part.missed for part in parts), sum(part.undecided for part in parts)) == (0, 1)
    assert pod.brought == []


async def test_an_event_that_a_page_has_twice_is_brought_once() -> None:
    pod = KnowingPod()
    assert await _missed([entry("a", 1), entry("a", 1)], pod) == 1
    assert len(pod.brought) == 1


async def test_an_event_without_an_identity_is_not_missed() -> None:
    assert await _missed([entry("", 1)], KnowingPod()) == 0


async def test_large_events_are_brought_in_portions() -> None:
    pod = KnowingPod()
    await _missed([entry("a", 1, payload=_LARGE), entry("b", 2, payload=_LARGE)], pod)
    assert pod.portions == 2


async def test_pages_before_one_that_cannot_be_brought_stand() -> None:
    log, pod = Log([entry(str(number), number) for number in range(6)]), KnowingPod(takes=4)
    parts = await _searched_as_far_as_possible(log, pod)
    assert sum(part.brought for part in parts) == 4


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=25), st.integers(min_value=1, max_value=30))
async def test_a_search_that_ends_anywhere_and_goes_on_brings_every_event(moments: list[int], takes: int) -> None:
    log = Log([entry(str(number), moment, payload=str(number).encode()) for number, moment in enumerate(moments)])
    first, left = KnowingPod(takes=takes), Windows((_ALL,))
    for part in await _searched_as_far_as_possible(log, first):
        left = left.without(part.window)
    second = KnowingPod(known={payload.decode() for payload in first.brought})
    for window in left.all:
        async for _ in search(window, log, second, _DUE, bring=True):
            pass
    brought = [int(payload) for payload in (*first.brought, *second.brought)]
    assert sorted(brought) == list(range(len(moments)))


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=25))
async def test_the_parts_of_a_search_make_up_the_whole_of_it(moments: list[int]) -> None:
    parts = await _searched([entry(str(number), moment) for number, moment in enumerate(moments)], KnowingPod())
    assert Windows().adding(*(part.window for part in parts)) == Windows((_ALL,))
    assert sum(part.missed for part in parts) == len(moments)


async def _searched(entries: list[LogEntry], pod: KnowingPod, due: Due = _DUE, *, bring: bool = True) -> list[Searched]:
    return [part async for part in search(_ALL, Log(entries), pod, due, bring=bring)]


async def _searched_as_far_as_possible(log: Log, pod: KnowingPod) -> list[Searched]:
    parts = list[Searched]()
    with contextlib.suppress(PodUnavailable):
        async for part in search(_ALL, log, pod, _DUE, bring=True):
            parts.append(part)
    return parts


async def _missed(entries: list[LogEntry], pod: KnowingPod, due: Due = _DUE, *, bring: bool = True) -> int:
    return sum(part.missed for part in await _searched(entries, pod, due, bring=bring))
