"""A System Log of pages that a test writes, and entries to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from okta_hooks.okta.errors import OktaError
from okta_hooks.okta.port import LogPage, LogQuery
from okta_hooks.system_log.entry import LogEntry, entries_of

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOOK, OTHER_HOOK = "who00000000000000001", "who00000000000000002"


def entry(uuid: str, event_type: str = "user.session.start", at: datetime = NOON, **more: object) -> LogEntry:
    """An entry as Okta would write it."""
    written = {"uuid": uuid, "eventType": event_type, "published": at.isoformat(), **more}
    (read,) = entries_of(msgspec.json.encode([written]))
    return read


def about(hook_id: str) -> list[dict[str, str]]:
    """The target of an entry about a hook."""
    return [{"id": hook_id, "type": "EventHook"}]


def page(
    *entries: LogEntry, then: str = "", limit: int = 1000, told_at: datetime | None = None, body: bytes | None = None
) -> LogPage:
    """A page of these."""
    text = b"[" + b",".join(each.payload for each in entries) + b"]"
    return LogPage(text if body is None else body, then, limit, told_at)


@dataclass
class WrittenPages:
    """A `SystemLog` that gives pages by cursor, the first one under the empty cursor.

    Args:
        pages: By cursor; a page may be replaced by the error that asking for it ends in.
        asked: Every query that came.
    """

    pages: Mapping[str, LogPage | OktaError]
    asked: list[LogQuery] = field(default_factory=list)

    async def page(self, query: LogQuery) -> LogPage:
        self.asked.append(query)
        given = self.pages[query.after]
        if isinstance(given, OktaError):
            raise given
        return given


@dataclass
class NotedReader:
    """A `LogReader` that notes what it is given; it may be made to fail."""

    types: frozenset[str] = frozenset({"user.session.start"})
    taken: list[LogEntry] = field(default_factory=list)
    failure: Exception | None = None

    def wants(self) -> frozenset[str]:
        return self.types

    async def take(self, entries: Sequence[LogEntry]) -> None:
        if self.failure is not None:
            raise self.failure
        self.taken.extend(entries)

    @property
    def uuids(self) -> list[str]:
        return [each.uuid for each in self.taken]


@dataclass
class Clock:
    """A time that a test moves."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by
