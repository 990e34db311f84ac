"""Which object is reconciled next: one at a time for each key, deduplicated, again after a time, with back-off.

kopf's own handlers are driven by edges and keep their progress in annotations of the user's object. A level-based
controller needs neither: whatever happened, the object's key is put here, and one look at the whole object follows.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BackOff:
    """Growing pauses after failures in a row, each shortened at random so that many keys do not come back at once."""

    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=5)

    def after(self, failures: int) -> timedelta:
        """The pause after so many failures in a row: between a half and the whole of the step."""
        step = min(self.first * (1 << min(failures - 1, 32)), self.longest)
        return step * random.uniform(0.5, 1.0)  # noqa: S311 -- spreads load, hides nothing


@dataclass(frozen=True)
class Overdue(Generic[Key]):
    """A key whose reconcile has been under way, or has been due, for too long."""

    key: Key
    seconds: float


@dataclass
class _Entry:
    due: float | None
    failures: int = 0
    started: float | None = None


@dataclass
class WorkQueue(Generic[Key]):
    """Keys and when they are due.

    Args:
        back_off: Pauses after failures.
        limit: How long one reconcile may take before it is cancelled and counted as failed.
        expected: Errors that happen and are over by themselves: told in a line, without where they came from.
        clock: Seconds, from any beginning.
    """

    back_off: BackOff = field(default_factory=BackOff)
    limit: timedelta = timedelta(minutes=2)
    expected: tuple[type[Exception], ...] = ()
    clock: Callable[[], float] = time.monotonic
    _entries: dict[Key, _Entry] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: bool = False
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def add(self, key: Key, after: timedelta = timedelta()) -> None:
        """Reconcile a key, at the latest after a time; an earlier appointment stands.

        A key that is under way comes again afterwards, since what has changed may have been read already.
        """
        due = self.clock() + after.total_seconds()
        entry = self._entries.setdefault(key, _Entry(due=None))
        if entry.due is None or due < entry.due:
            entry.due = due
            self._changed.set()

    def forget(self, key: Key) -> None:
        """Drop the appointments of a key whose object is gone."""
        entry = self._entries.get(key)
        if entry is not None:
            entry.due = None
            self._drop_if_idle(key, entry)

    def overdue(self, limit: timedelta) -> Overdue[Key] | None:
        """The key that waits or works longest beyond a limit: a sign that the queue is stuck."""
        now = self.clock()
        late = [
            Overdue(key, now - since)
            for key, entry in self._entries.items()
            if (since := entry.started if entry.started is not None else entry.due) is not None
            and now - since > limit.total_seconds()
        ]
        return max(late, key=lambda each: each.seconds, default=None)

    async def close(self, patience: timedelta) -> None:
        """Begin no more reconciles, and let those under way end, as long as that takes no longer than this."""
        self._closed = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience.total_seconds())

    async def run(self, reconcile: Callable[[Key], Awaitable[timedelta | None]], *, workers: int) -> None:
        """Reconcile what is due, until cancelled.

        Args:
            reconcile: Looks at one object; gives the time after which to look again, or None for no appointment. What
                it raises is logged, and the key comes again after a pause.
            workers: Reconciles under way at most.
        """
        slots = asyncio.Semaphore(workers)
        async with asyncio.TaskGroup() as tasks:
            while True:
                await slots.acquire()
                key = await self._next()
                task = tasks.create_task(self._work(key, reconcile))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
                task.add_done_callback(lambda _: slots.release())

    async def _next(self) -> Key:
        while True:
            self._changed.clear()
            waiting = [(entry.due, key) for key, entry in self._entries.items() if _is_waiting(entry)]
            due, key = min(waiting, key=lambda each: each[0] or 0.0, default=(None, None))
            if self._closed:
                due = None
            elif due is not None and key is not None and due <= self.clock():
                entry = self._entries[key]
                entry.due, entry.started = None, self.clock()
                return key
            await self._wait(due)

    async def _wait(self, due: float | None) -> None:
        try:
            async with asyncio.timeout(None if due is None else max(due - self.clock(), 0)):
                await self._changed.wait()
        except TimeoutError:
            return

    async def _work(self, key: Key, reconcile: Callable[[Key], Awaitable[timedelta | None]]) -> None:
        entry = self._entries[key]
        try:
            async with asyncio.timeout(self.limit.total_seconds()):
                again = await reconcile(key)
            entry.failures = 0
        except Exception as error:  # noqa: BLE001 -- one object's trouble is not another's
            entry.failures += 1
            again = self.back_off.after(entry.failures)
            trace = None if isinstance(error, self.expected) else error
            _log.warning(
                "reconciling %s failed; again in %.1f s: %s", key, again.total_seconds(), error, exc_info=trace
            )
        finally:
            entry.started = None
            self._changed.set()
        if again is not None:
            self.add(key, again)
        self._drop_if_idle(key, entry)

    def _drop_if_idle(self, key: Key, entry: _Entry) -> None:
        if entry.due is None and entry.started is None:
            self._entries.pop(key, None)


def _is_waiting(entry: _Entry) -> bool:
    return entry.due is not None and entry.started is None
