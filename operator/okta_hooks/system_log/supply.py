"""Events of types that no hook can deliver, fed from the System Log to what runs for a hook.

They are given as they are read. Where they can't be, and when another process has begun, the log is searched from where
the supply had come to: what was given twice is asked for before and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from okta_hooks.system_log.backfill import Pod, PodUnavailable, portions, search
from okta_hooks.system_log.due import Due
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.port import LogSearch
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.windows import MILLISECOND, Window, nanoseconds

_OVERLAP = nanoseconds(timedelta(minutes=10))
"""How far before its end a supply begins again: for entries that were persisted later than others."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Supply:
    """One hook's; a `LogReader`.

    Args:
        given_until_ns: Up to when another process has given everything, by Okta's clock; None for a new supply.
        count: How many events it has given.
        now: Tells the time.
    """

    def __init__(self, given_until_ns: int | None, count: int, now: Callable[[], datetime]) -> None:
        self.count = count
        self._event_types = frozenset[str]()
        self._pod: Pod | None = None
        self._now = now
        self._behind_ns = max(0, given_until_ns - _OVERLAP) if given_until_ns is not None else None
        self._left_ns: int | None = None
        self._newest_ns = nanoseconds(now() - _EPOCH) if given_until_ns is None else given_until_ns

    @property
    def given_until_ns(self) -> int:
        """What was published before was given, as far as it was in the log; in nanoseconds of Unix time."""
        return self._newest_ns if self._behind_ns is None else self._behind_ns

    @property
    def is_behind(self) -> bool:
        """Whether the log has to be searched for what was not given."""
        return self._behind_ns is not None

    def look(self, event_types: frozenset[str], pod: Pod | None) -> None:
        """Go by these from now on; without a pod, nothing can be given."""
        self._event_types, self._pod = event_types, pod

    def wants(self) -> frozenset[str]:
        """See `LogReader`."""
        return self._event_types

    async def take(self, entries: Sequence[LogEntry]) -> None:
        """See `LogReader`. It never fails: the poll serves others, too."""
        wanted = [entry for entry in entries if entry.event_type in self._event_types]
        if not wanted:
            return
        if self._behind_ns is not None or not await self._is_given(wanted):
            self._leave(min(entry.published_ns for entry in wanted))
        self._newest_ns = max(self._newest_ns, *(entry.published_ns for entry in wanted))

    async def catch_up(self, log: LogSearch) -> None:
        """Search for what was not given, and give it.

        Raises:
            OktaError: The log could not be read; what was given before stands.
            PodUnavailable: The pod could not be asked, or did not take events; what was given before stands.
        """
        while self._behind_ns is not None and self._pod is not None:
            self._left_ns = None
            await self._search(log, self._pod, self._behind_ns)

    async def _search(self, log: LogSearch, pod: Pod, since_ns: int) -> None:
        until_ns = _next_millisecond(max(self._newest_ns, nanoseconds(self._now() - _EPOCH)))
        due = Due(Subscription(dict.fromkeys(self._event_types, 0)))
        reached = since_ns
        try:
            async for part in search(Window(since_ns, until_ns), log, pod, due, bring=True):
                self.count += part.brought
                reached = part.window.until_ns
        finally:
            is_over = reached == until_ns and self._left_ns is None
            self._behind_ns = None if is_over else min(reached, self._left_ns or reached)

    async def _is_given(self, wanted: Sequence[LogEntry]) -> bool:
        if self._pod is None:
            return False
        try:
            for some in portions(wanted):
                await self._pod.bring(some)
        except PodUnavailable:
            return False
        self.count += len(wanted)
        return True

    def _leave(self, oldest_ns: int) -> None:
        """What is read and can't be given now is found by a search; one under way may have passed it."""
        oldest_ns = max(0, oldest_ns // MILLISECOND * MILLISECOND)
        self._left_ns = oldest_ns if self._left_ns is None else min(self._left_ns, oldest_ns)
        self._behind_ns = oldest_ns if self._behind_ns is None else min(self._behind_ns, oldest_ns)


def _next_millisecond(moment_ns: int) -> int:
    return (moment_ns // MILLISECOND + 1) * MILLISECOND
