"""Entries that were read before: Okta may give a page twice, and a query that begins anew overlaps the one before."""

from __future__ import annotations

from collections.abc import Sequence

from okta_hooks.system_log.entry import LogEntry

MOST = 50_000
"""Identities that are remembered, of some 100 bytes each; who reads along has to bear repeats of what is older."""


class Repeats:
    """What was read last.

    Args:
        most: Identities that are remembered.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[str, None] = {}  # in the order in which they came

    def fresh(self, entries: Sequence[LogEntry]) -> Sequence[LogEntry]:
        """Those that were not read before, each once; one whose identity can't be read always counts as fresh."""
        met = set[str]()
        fresh = list[LogEntry]()
        for entry in entries:
            if not entry.uuid or (entry.uuid not in self._known and entry.uuid not in met):
                fresh.append(entry)
                met.add(entry.uuid)
        return fresh

    def read(self, entries: Sequence[LogEntry]) -> None:
        """These were read, and everybody has had them."""
        self._known.update((entry.uuid, None) for entry in entries if entry.uuid)
        while len(self._known) > self._most:
            del self._known[next(iter(self._known))]
