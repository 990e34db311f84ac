"""The System Log of an organisation, through the SDK: the one adapter behind `okta_hooks.okta.port.SystemLog`.

Imported late, by `okta_hooks.okta.organization`: the SDK takes half a second.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from okta_hooks.okta.answers import Answer
from okta_hooks.okta.attempts import SdkOperations
from okta_hooks.okta.errors import TooLarge
from okta_hooks.okta.links import next_cursor
from okta_hooks.okta.operations import READ_LOG
from okta_hooks.okta.port import LogPage, LogQuery

_FEWER = 10
"""By how many times fewer entries are asked for where a page was too large: one entry may have some hundred KB."""


class SdkSystemLog(SdkOperations):
    """The System Log by way of the SDK."""

    async def page(self, query: LogQuery) -> LogPage:
        """One page of a query; of fewer entries than were asked for where these are too large to be held at once."""
        limit = query.limit
        while True:
            try:
                answer = await self._answer(READ_LOG, lambda: self._ask(query, limit))  # noqa: B023 -- awaited here
            except TooLarge:
                if limit == 1:
                    raise
                limit = max(1, limit // _FEWER)
            else:
                return LogPage(answer.body, next_cursor(answer.headers), limit, _told_at(answer))

    async def _ask(self, query: LogQuery, limit: int) -> object:
        begins_anew = not query.after  # since and after exclude each other
        return await self._api.list_log_events(
            since=_written(query.since) if begins_anew else None,
            until=_written(query.until),
            after=query.after or None,
            filter=query.filter or None,
            limit=limit,
            sort_order="ASCENDING",
        )


def _written(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _told_at(answer: Answer) -> datetime | None:
    """Okta's time when it answered, which need not be ours."""
    try:
        moment = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
