"""Searching a time of the System Log by Okta's bounded queries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from okta_hooks.okta.errors import Unavailable
from okta_hooks.okta.operations import READ_LOG
from okta_hooks.okta.port import LogPage, LogQuery, SystemLog
from okta_hooks.system_log.entry import LogEntry, entries_of
from okta_hooks.system_log.expression import expression

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class PagedSearch:
    """`LogSearch` on an organisation's log.

    Args:
        log: The log.
    """

    log: SystemLog

    async def entries(
        self, *, since_ns: int, until_ns: int, event_types: frozenset[str]
    ) -> AsyncIterator[Sequence[LogEntry]]:
        """See `LogSearch`."""
        query = LogQuery(_moment(since_ns), _moment(until_ns), filter=expression(event_types))
        followed = {""}
        while True:
            page = await self.log.page(query)
            entries = [entry for entry in read(page) if entry.event_type in event_types]
            if entries:
                yield entries
            if not page.next:
                return
            if page.next in followed:
                raise Unavailable(READ_LOG.name, "the link to the next page leads back to one that was read")
            followed.add(page.next)
            query = replace(query, after=page.next)


def read(page: LogPage) -> Sequence[LogEntry]:
    """The entries of a page.

    Raises:
        Unavailable: It is none.
    """
    try:
        return entries_of(page.body)
    except ValueError:
        raise Unavailable(
            READ_LOG.name, "answered with something that is no System Log: is there a proxy in between?"
        ) from None


def _moment(unix_ns: int) -> datetime:
    return _EPOCH + timedelta(microseconds=unix_ns // 1000)
