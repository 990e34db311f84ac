"""Finding what Okta should have delivered to one hook and did not: it reads along, waits, asks the pod, and fills.

Everything that is certain is in the `Standing`, from which another process goes on. What is still waited for is lost
with this one, and its time is searched again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from okta_hooks.system_log.backfill import Pod, search
from okta_hooks.system_log.chronicle import hook_ids
from okta_hooks.system_log.due import Due, Duty, Filters
from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.port import LogSearch
from okta_hooks.system_log.standing import Standing
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.waiting import Awaited, Waiting
from okta_hooks.system_log.windows import MILLISECOND, Window, around, nanoseconds

GRACE = timedelta(minutes=2)
"""What Okta is given from when its log shows an event until it has delivered it: it collects events for some seconds,
waits 3 s for an answer, and tries once more."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VERIFIED = "event_hook.verified"
_MOST_TARGETS, _MOST_TOLD = 4, 100
_ASKED_AT_ONCE = 5_000
_LEARNS_FOR = 300.0
"""Seconds in which the log's own entry corrects when the hook was verified first."""

Mode = Literal["Repair", "DetectOnly", "Off"]


@dataclass(frozen=True)
class Surroundings:
    """What a search has to go by, as the last look at the hook found it.

    Args:
        hook_id: The hook in Okta; empty where there is none.
        wanted: The types that it is to have.
        accepted: The types that it has there.
        verified: Whether Okta trusts the hook's endpoint now.
        active: Whether the hook is to deliver.
        mode: What becomes of events that never came.
        filters: What Okta leaves out.
        history: How far back a new hook is filled.
    """

    hook_id: str = ""
    wanted: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    verified: bool = False
    active: bool = True
    mode: Mode = "Repair"
    filters: Filters = field(default_factory=Filters)
    history: timedelta = timedelta()


class Gaps:
    """One hook's; a `LogReader`.

    Args:
        standing: Where an earlier search ended.
        grace: What each event is given to come.
        monotonic: Tells seconds that never go back.
        now: Tells the time.
    """

    def __init__(
        self,
        standing: Standing,
        *,
        grace: timedelta = GRACE,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._standing = standing
        self._around = Surroundings()
        self._waiting = Waiting(grace.total_seconds())
        self._monotonic = monotonic
        self._now = now
        self._newest_ns = 0
        self._learns_until = 0.0
        self._told: dict[str, int] = {}
        self._idle_until_ns = 0
        self._resumes = True

    @property
    def standing(self) -> Standing:
        """Where it stands; of what is waited for, only since when."""
        oldest = self._waiting.oldest_ns
        judged = max(self._standing.judged_until_ns, self._newest_ns) if oldest is None else oldest
        return replace(self._standing, judged_until_ns=judged)

    def look(self, around: Surroundings) -> None:
        """Go by these from now on."""
        self._around = around
        if not around.active or around.mode == "Off":
            self._rest()
        elif around.verified:
            self._subscribe()
        if around.mode == "Off":
            self._standing = self._standing.giving_up()
        if self._resumes:
            self._resume()

    def end(self) -> None:
        """The hook is going: begin nothing more, and end what is under way with its page."""
        self._around = Surroundings(active=False)

    def wants(self) -> frozenset[str]:
        """See `LogReader`."""
        return self._around.wanted | {_VERIFIED}

    async def take(self, entries: Sequence[LogEntry]) -> None:
        """See `LogReader`."""
        self._newest_ns = max([self._newest_ns, *(entry.published_ns for entry in entries)])
        for entry in entries:
            if entry.event_type == _VERIFIED:
                self._learn(entry)
        if self._is_at_work:
            self._waiting.add(self._awaited(entries), self._monotonic())

    def _awaited(self, entries: Iterable[LogEntry]) -> Iterator[Awaited]:
        due = self._due(self._standing.subscription)
        for entry in map(self._dated, entries):
            if entry.published_ns >= self._idle_until_ns and due.duty(entry) is not Duty.LEAVE_OUT:
                yield Awaited(entry.uuid, entry.published_ns)

    def _dated(self, entry: LogEntry) -> LogEntry:
        """An entry that does not tell its time is as old as those beside it."""
        return entry if entry.published_ns else msgspec.structs.replace(entry, published_ns=self._newest_ns)

    @property
    def has_work(self) -> bool:
        """Whether there is anything to wait for or to search."""
        return self._waiting.oldest_ns is not None or self._standing.next is not None

    async def judge(self, pod: Pod) -> None:
        """Ask for what was given its time; what has not come is searched for.

        Raises:
            PodUnavailable: It could not be asked; it is asked again.
        """
        now = self._monotonic()
        self._standing = self._standing.searching(*self._waiting.take_ripe_times(now).all)
        while ripe := self._waiting.ripe(now, _ASKED_AT_ONCE):
            unknown = await pod.unknown([event.uuid for event in ripe])
            missing = [event.published_ns for event in ripe if event.uuid in unknown]
            if missing:
                self._standing = self._standing.missing(around(missing), self._now())
            self._waiting.drop(ripe)

    async def fill(self, log: LogSearch, pod: Pod, *, until: float) -> None:
        """Search what is to be searched, oldest first, until there is no more, the hook goes, or it is late.

        Args:
            log: The organisation's log.
            pod: What runs for the hook.
            until: After this moment of `monotonic` no further page is begun.

        Raises:
            OktaError: The log could not be read; what was searched before stands.
            PodUnavailable: The pod could not be asked; what was searched before stands.
        """
        while self._goes_on(until) and (window := self._standing.next) is not None:
            if window == self._standing.history:
                await self._fill_history(window, log, pod, until)
            else:
                await self._fill_gap(window, log, pod, until)

    async def _fill_gap(self, window: Window, log: LogSearch, pod: Pod, until: float) -> None:
        bring, due = self._around.mode == "Repair", self._due(self._standing.subscription)
        async with aclosing(search(window, log, pod, due, bring=bring)) as parts:
            async for part in parts:
                self._standing = self._standing.after(part, self._now())
                if not self._goes_on(until):
                    return

    async def _fill_history(self, window: Window, log: LogSearch, pod: Pod, until: float) -> None:
        due = self._due(Subscription(dict.fromkeys(self._standing.subscription.since_ns, 0)))
        async with aclosing(search(window, log, pod, due, bring=True)) as parts:
            async for part in parts:
                self._standing = self._standing.after_history(part)
                if not self._goes_on(until):
                    return

    def _goes_on(self, until: float) -> bool:
        return self._is_at_work and self._monotonic() < until

    @property
    def _is_at_work(self) -> bool:
        return self._around.active and self._around.mode != "Off"

    def _due(self, subscription: Subscription) -> Due:
        return Due(subscription, self._around.filters)

    def _subscribe(self) -> None:
        around, now_ns = self._around, self._clock_ns()
        is_first = self._standing.began_ns is None
        at_ns = min(self._told.get(around.hook_id, now_ns), now_ns) if is_first else now_ns
        self._standing = self._standing.verified(around.wanted, around.accepted, at_ns=at_ns, history=around.history)
        if is_first and at_ns < now_ns:  # what was read before this look was not known to be due
            self._waiting.add_time(Window(at_ns, now_ns), self._monotonic())
        elif is_first:
            self._learns_until = self._monotonic() + _LEARNS_FOR

    def _learn(self, entry: LogEntry) -> None:
        """Okta's own word on when a hook was verified, which for ours may be known before it or later."""
        hooks = hook_ids(entry)[:_MOST_TARGETS]
        if self._standing.began_ns is None and len(self._told) < _MOST_TOLD:
            self._told = {**dict.fromkeys(hooks, entry.published_ns), **self._told}
        elif self._around.hook_id in hooks and self._monotonic() < self._learns_until:
            self._learns_until = 0.0
            self._standing = self._standing.beginning_at(entry.published_ns)
            self._waiting.forget_before(entry.published_ns)

    def _resume(self) -> None:
        """What an earlier process had read and not judged is searched, after the time that it is given to come."""
        self._resumes = False
        since, until = self._standing.judged_until_ns, self._clock_ns()
        if self._is_at_work and 0 < since < until:
            self._waiting.add_time(Window(since, until), self._monotonic())

    def _rest(self) -> None:
        """Nothing that is published while it rests is due."""
        self._waiting.clear()
        self._idle_until_ns = self._clock_ns()
        self._standing = self._standing.idle(self._idle_until_ns)

    def _clock_ns(self) -> int:
        """The time, or what is known of Okta's where that is ahead."""
        ours = nanoseconds(self._now() - _EPOCH)
        return max(ours, self._newest_ns) // MILLISECOND * MILLISECOND
