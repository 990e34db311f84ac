"""The poll of one organisation's System Log: all that is new, a page at a time, for all who read along.

A page is given to every reader, then what was learnt of it is kept together with the position behind it, and only then
the next page is asked for: whenever it is cut, it goes on where it was, and nothing is passed over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.okta.errors import Refused, Unavailable
from okta_hooks.okta.operations import READ_LOG
from okta_hooks.okta.port import LogPage, LogQuery, SystemLog
from okta_hooks.system_log.chronicle import EVENT_TYPES, Chronicle
from okta_hooks.system_log.expression import expression
from okta_hooks.system_log.kept import Keeper, Kept
from okta_hooks.system_log.port import LogReader
from okta_hooks.system_log.repeats import Repeats
from okta_hooks.system_log.search import read

MOST_PAGES = 1000
"""In one round; what is left is for the next."""
_KEPT_EVERY = timedelta(minutes=10)
"""How often the position is kept while nothing happens: as much as that is asked for again after a restart."""
_WORTH_ANOTHER_PAGE = 0.5
"""A page that is filled less than this was the last: asking until one is empty would double the calls."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Surroundings:
    """What a poll works with.

    Args:
        log: Tells the organisation's log, over whichever connection there is now.
        readers: Tells who reads along now.
        keeper: Keeps what outlives the process.
        clock: Tells the time.
    """

    log: Callable[[], SystemLog]
    readers: Callable[[], Sequence[LogReader]]
    keeper: Keeper
    clock: Callable[[], datetime]


class Poll:
    """One organisation's."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._repeats = Repeats()
        self._kept: Kept | None = None
        self._kept_at: datetime | None = None
        self._read_through_at: datetime | None = None

    @property
    def chronicle(self) -> Chronicle:
        """What is known of hooks, as far as the log was read."""
        return self._kept.chronicle if self._kept is not None else Chronicle()

    @property
    def read_through_at(self) -> datetime | None:
        """When the log was last read to its end, by our own clock."""
        return self._read_through_at

    async def round(self) -> None:
        """Read what is new.

        Raises:
            OktaError: A page could not be read; the next round goes on there.
            KubernetesError: The position could not be read or kept; the next round goes on at the one before.
        """
        if self._kept is None:
            self._kept = await self._around.keeper.load() or Kept()
        began, followed = self._around.clock(), set[str]()
        for _ in range(MOST_PAGES):
            page = await self._next_page(self._kept)
            if not _promises_more(page, followed):
                self._read_through_at = began
                return

    async def _next_page(self, kept: Kept) -> _Read:
        query, page = await self._ask(kept)
        entries = read(page)
        if not page.next and len(entries) >= page.limit:
            raise Unavailable(READ_LOG.name, "a full page of the System Log does not say where the next one begins")
        fresh = self._repeats.fresh(entries)
        for reader in self._around.readers() if fresh else ():
            await reader.take(fresh)
        position = kept.position.behind(page, entries, query, self._around.clock())
        await self._keep(Kept(position, kept.chronicle.with_entries(fresh)), is_news=bool(fresh))
        self._repeats.read(fresh)
        return _Read(page, len(entries))

    async def _ask(self, kept: Kept) -> tuple[LogQuery, LogPage]:
        wanted = EVENT_TYPES.union(*(reader.wants() for reader in self._around.readers()))
        wish, now = expression(wanted), self._around.clock()
        query = kept.position.query(wish, now)
        try:
            return query, await self._around.log().page(query)
        except Refused as refusal:
            if not query.after:
                raise
            _log.warning(
                "Okta does not go on where the System Log was read to, so some of it is read again: %s", refusal
            )
        query = kept.position.anew().query(wish, now)
        return query, await self._around.log().page(query)

    async def _keep(self, kept: Kept, *, is_news: bool) -> None:
        now = self._around.clock()
        if is_news or self._kept_at is None or now - self._kept_at >= _KEPT_EVERY:
            await self._around.keeper.save(kept)
            self._kept_at = now
        self._kept = kept


@dataclass(frozen=True)
class _Read:
    page: LogPage
    entries: int


def _promises_more(read: _Read, followed: set[str]) -> bool:
    """Whether to go on at once; not where the next page was asked for before, which would never end."""
    cursor = read.page.next
    is_new = bool(cursor) and cursor not in followed
    followed.add(cursor)
    return is_new and read.entries >= max(1.0, read.page.limit * _WORTH_ANOTHER_PAGE)
