"""How far a poll has read, and what it asks for next. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from okta_hooks.okta.port import LogPage, LogQuery
from okta_hooks.system_log.entry import LogEntry

OVERLAP = timedelta(minutes=10)
"""How far before its end a poll begins anew: for entries that were persisted later than others, and for clocks that are
apart."""
RETENTION = timedelta(days=90)
"""For how long Okta keeps its log (its documentation of System Log queries)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Position(msgspec.Struct, frozen=True, rename="camel"):
    """Where a poll has come to.

    Attributes:
        cursor: Where the next page begins, as Okta said; empty where that is not known.
        expression: The filter of the query that the cursor belongs to.
        read_until: Everything that was persisted before is certainly read, by Okta's clock; None at the very beginning.
    """

    cursor: str = ""
    expression: str = ""
    read_until: datetime | None = None

    def query(self, expression: str, now: datetime) -> LogQuery:
        """What to ask for: the next page, or, where there is another filter or no cursor, anew with an overlap."""
        if self.cursor and expression == self.expression:
            return LogQuery(after=self.cursor, filter=expression)
        since = (self.read_until or now) - OVERLAP
        return LogQuery(since=max(since, now - RETENTION), filter=expression)

    def anew(self) -> Position:
        """The same without the cursor, which Okta does not take any more."""
        return msgspec.structs.replace(self, cursor="")

    def behind(self, page: LogPage, entries: Sequence[LogEntry], query: LogQuery, now: datetime) -> Position:
        """The position once a page was read.

        Only an empty page shows that nothing more was there when Okta answered; of any other it is known that what was
        persisted before its newest entry is read.
        """
        told_at = page.told_at or now
        reached = told_at if not entries else min(told_at, _newest(entries))
        earlier = self.read_until
        return Position(page.next, query.filter, reached if earlier is None else max(earlier, reached))


def _newest(entries: Sequence[LogEntry]) -> datetime:
    return _EPOCH + timedelta(microseconds=max(entry.published_ns for entry in entries) // 1000)
