"""One page of what a query asks for."""

from __future__ import annotations

import asyncio
import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from okta_simulator.system_log.cursor import BoundedCursor, Cursor, PollingCursor
from okta_simulator.system_log.log import SystemLog
from okta_simulator.system_log.query import Bounded, Polling, Query, Sought

_BREATH = 256
"""Entries that are looked into before others get their turn."""


@dataclass(frozen=True)
class Page:
    """Entries in JSON, and where the next page begins; None where there is none."""

    entries: tuple[bytes, ...]
    next: Cursor | None


async def page_of(log: SystemLog, query: Query) -> Page:
    """The page that a query asks for."""
    if isinstance(query, Polling):
        return await _polling_page(log, query)
    return await _bounded_page(log, query)


async def _polling_page(log: SystemLog, query: Polling) -> Page:
    if isinstance(query.begin, PollingCursor):
        begin = max(query.begin.position, log.begin())
    else:
        begin = log.persisted_since(query.begin)
    limit = query.sought.limit
    positions = range(begin, max(begin, log.end()))
    if limit == 0:
        return Page((), PollingCursor(begin))
    found = await _search(log, positions, query.sought, limit)
    following = found[-1].position + 1 if len(found) == limit else positions.stop
    return Page(tuple(entry.text for entry in found), PollingCursor(following))


async def _bounded_page(log: SystemLog, query: Bounded) -> Page:
    limit = query.sought.limit
    if limit == 0:
        return Page((), None)
    found = await _search(log, _range(log, query), query.sought, limit + 1)
    entries = tuple(entry.text for entry in found[:limit])
    if len(found) <= limit:
        return Page(entries, None)
    last = found[limit - 1].position
    cursor = BoundedCursor(query.since, query.until, query.descending, log.published(last), last)
    return Page(entries, cursor)


def _range(log: SystemLog, query: Bounded) -> Sequence[int]:
    """The positions that are left of a bounded query, in its order."""
    positions = log.published_between(query.since, query.until)
    if query.descending:
        end = len(positions) if query.after is None else _place(log, positions, query.after, bisect.bisect_left)
        return positions[:end][::-1]
    begin = 0 if query.after is None else _place(log, positions, query.after, bisect.bisect_right)
    return positions[begin:]


class _Bisect(Protocol):
    def __call__(self, a: Sequence[int], x: tuple[int, int], *, key: Callable[[int], tuple[int, int]]) -> int: ...


def _place(log: SystemLog, positions: Sequence[int], after: BoundedCursor, bisected: _Bisect) -> int:
    return bisected(positions, (after.published, after.position), key=lambda at: (log.published(at), at))


@dataclass(frozen=True)
class _Entry:
    position: int
    text: bytes


async def _search(log: SystemLog, positions: Iterable[int], sought: Sought, most: int) -> list[_Entry]:
    """The first entries that are wanted."""
    found: list[_Entry] = []
    for looked, position in enumerate(positions):
        if len(found) == most:
            break
        if looked % _BREATH == _BREATH - 1:
            await asyncio.sleep(0)
        if not log.is_retained(position):
            continue
        text = log.text(position)
        if sought.matches(text):
            found.append(_Entry(position, text))
    return found
