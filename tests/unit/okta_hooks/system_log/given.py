"""Logs, pods and entries as the tests of the System Log want them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from okta_hooks.system_log.backfill import PodUnavailable
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.windows import MILLISECOND

SIGN_IN = "user.session.start"


def entry(uuid: str, at: int, event_type: str = SIGN_IN, payload: bytes = b"{}") -> LogEntry:
    """An entry of a millisecond."""
    return LogEntry(uuid, at * MILLISECOND, event_type, payload)


@dataclass
class Log:
    """A log that can be searched, in pages of two."""

    entries_kept: Sequence[LogEntry]
    page: int = 2

    async def entries(
        self, *, since_ns: int, until_ns: int, event_types: frozenset[str]
    ) -> AsyncIterator[Sequence[LogEntry]]:
        asked = [
            each
            for each in sorted(self.entries_kept, key=lambda each: each.published_ns)
            if since_ns <= each.published_ns < until_ns and each.event_type in event_types
        ]
        for start in range(0, len(asked), self.page):
            yield asked[start : start + self.page]


@dataclass
class KnowingPod:
    """A pod that knows some uuids, and all payloads that it was brought; it takes so many at most."""

    known: set[str] = field(default_factory=set)
    brought: list[bytes] = field(default_factory=list)
    portions: int = 0
    takes: int = 1_000_000

    async def unknown(self, uuids: Sequence[str]) -> frozenset[str]:
        return frozenset(uuids) - self.known

    async def bring(self, events: Sequence[bytes]) -> None:
        if len(self.brought) + len(events) > self.takes:
            raise PodUnavailable("the receiver's journal is full")
        self.portions += 1
        self.brought.extend(events)
