"""Who reads the System Log along with an organisation's poll, and what can be asked of the log besides."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from okta_hooks.system_log.entry import LogEntry


class LogReader(Protocol):
    """Reads along: one poll an organisation serves all of its readers."""

    def wants(self) -> frozenset[str]:
        """The event types that are read, exact; what comes besides is to be passed over."""
        ...

    async def take(self, entries: Sequence[LogEntry]) -> None:
        """Take a page of the log in, before the poll's position moves on behind it.

        Pages come in the order of Okta's log, which is that of persistence: `published` may go back and forth. A page
        comes at least once: again after a restart, and again where this raises, which holds the poll up for all
        readers and is for what passes only.
        """
        ...


class LogSearch(Protocol):
    """Searches a part of the log, at the organisation's pace."""

    def entries(
        self, *, since_ns: int, until_ns: int, event_types: frozenset[str]
    ) -> AsyncIterator[Sequence[LogEntry]]:
        """The entries of a time, oldest first, a page at a time; no more than a page is held.

        Args:
            since_ns: Published at or after, in nanoseconds of Unix time; Okta keeps 90 days.
            until_ns: Published before. What Okta writes down late is missing from a time that has only just passed.
            event_types: Types to read; nothing is left out of these, and nothing else comes.

        Raises:
            OktaError: A page could not be read; what was given before stands.
        """
        ...
