"""What really happened to every event: emitted when, for which hooks, attempted and acknowledged how often."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Literal

import msgspec

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.endpoint import Answer, Reply
from okta_simulator.event_hooks.witness import Attempt
from okta_simulator.events.log_event import LogEvent

MOST_EVENTS = 400_000
"""Events that are remembered (a day of the most that Okta delivers); the oldest are forgotten first."""
_LOOKED_THROUGH = 20_000  # events that one page looks through at most, so that no request takes long


class HookFate(msgspec.Struct, rename="camel", omit_defaults=True, gc=False):
    """What happened to one event on its way to one hook.

    Attributes:
        outcome: `acknowledged` once Okta saw a 2xx; `given up` when no attempt will follow; else `waiting`.
        attempts: Requests that carried the event, those of the console included.
        acknowledged: How many of them Okta saw answered with 2xx.
        from_console: How many were sent by hand.
        last_answer: The status of the last answer, or why there was none.
        reason: Why it was given up.
    """

    outcome: Literal["waiting", "acknowledged", "given up"] = "waiting"
    attempts: int = 0
    acknowledged: int = 0
    from_console: int = 0
    first_attempt: datetime | None = None
    last_attempt: datetime | None = None
    last_answer: str | None = None
    reason: str | None = None


class EventFate(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What happened to one event.

    Attributes:
        emitted: When it happened, by Okta's clock; None for one that only the console sent.
        hooks: What happened to it by hook, for those that it was to reach or was sent to by hand.
    """

    uuid: str
    event_type: str | None
    emitted: datetime | None
    hooks: dict[str, HookFate]

    @property
    def missing(self) -> bool:
        """Whether a hook that it was to reach has not acknowledged it."""
        return self.emitted is not None and any(not fate.acknowledged for fate in self.hooks.values())


class HookSummary(msgspec.Struct, rename="camel"):
    """Numbers of one hook.

    Attributes:
        requests: Requests to its endpoint.
        attempts: Events in those requests.
        due: Events that were to reach it.
        acknowledged: Events that it acknowledged at least once.
        repeated: Events that it acknowledged more than once.
        given_up: Events that will not reach it any more.
    """

    requests: int = 0
    attempts: int = 0
    due: int = 0
    acknowledged: int = 0
    repeated: int = 0
    given_up: int = 0


class Summary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Numbers since the organisation started, or since the truth was cleared.

    Attributes:
        emitted: Events that happened.
        forgotten: Events of which only these numbers are left.
        hooks: Numbers by hook.
    """

    emitted: int
    forgotten: int
    hooks: dict[str, HookSummary]


class Page(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A part of the events, in the order in which they were emitted.

    Attributes:
        events: Those that were asked for.
        next: Where the next page begins; None after the last event.
    """

    events: list[EventFate]
    next: int | None


class GroundTruth:
    """Remembers what it is shown (a `Witness` of delivery).

    Args:
        clock: Okta's time.
        most_events: How many events are remembered.
    """

    def __init__(self, clock: Clock, most_events: int = MOST_EVENTS) -> None:
        self._clock = clock
        self._most = most_events
        self.clear()

    def clear(self) -> None:
        """Forget everything, so that a test begins with zeros."""
        self._fates: dict[str, EventFate] = {}
        self._order: deque[str] = deque()
        self._hooks: dict[str, HookSummary] = {}
        self._emitted = 0
        self._forgotten = 0

    def emitted(self, event: LogEvent, hook_ids: Sequence[str]) -> None:
        """An event happened, and is to reach these hooks."""
        self._emitted += 1
        hooks = {hook_id: HookFate() for hook_id in hook_ids}
        self._remember(EventFate(uuid=event.uuid, event_type=event.event_type, emitted=self._clock.now(), hooks=hooks))
        for hook_id in hook_ids:
            self._summary(hook_id).due += 1

    def attempted(self, attempt: Attempt) -> None:
        """A request is about to be sent."""
        now = self._clock.now()
        summary = self._summary(attempt.hook_id)
        summary.requests += 1
        summary.attempts += len(attempt.event_uuids)
        for uuid in attempt.event_uuids:
            if uuid not in self._fates and attempt.origin == "console":
                self._remember(EventFate(uuid=uuid, event_type=None, emitted=None, hooks={}))
            fate = self._fate(uuid, attempt.hook_id)
            if fate is not None:
                fate.attempts += 1
                fate.from_console += attempt.origin == "console"
                fate.first_attempt = fate.first_attempt or now
                fate.last_attempt = now

    def answered(self, attempt: Attempt, reply: Reply) -> None:
        """A request has ended, as Okta saw it."""
        answer = str(reply.status) if isinstance(reply, Answer) else reply.reason
        acknowledged = isinstance(reply, Answer) and 200 <= reply.status < 300
        for uuid in attempt.event_uuids:
            fate = self._fate(uuid, attempt.hook_id)
            if fate is None:
                continue
            fate.last_answer = answer
            if acknowledged:
                self._acknowledge(fate, attempt.hook_id)

    def given_up(self, hook_id: str, event_uuids: Sequence[str], reason: str) -> None:
        """Events will not reach a hook any more."""
        for uuid in event_uuids:
            fate = self._fate(uuid, hook_id)
            if fate is not None and fate.outcome == "waiting":
                fate.outcome, fate.reason = "given up", reason
                self._summary(hook_id).given_up += 1

    def summary(self) -> Summary:
        """The numbers."""
        return Summary(emitted=self._emitted, forgotten=self._forgotten, hooks=self._hooks)

    def get(self, uuid: str) -> EventFate | None:
        """What happened to an event, unless it is forgotten or never was."""
        return self._fates.get(uuid)

    def page(self, begin: int = 0, limit: int = 100, *, missing_only: bool = False) -> Page:
        """Events in the order in which they were emitted.

        Args:
            begin: Where the page begins: 0, or `next` of the page before.
            limit: How many it has at most.
            missing_only: Leave out those that every hook acknowledged.
        """
        begin = max(begin, self._forgotten)
        events: list[EventFate] = []
        position = begin
        first = begin - self._forgotten
        for uuid in islice(self._order, first, first + _LOOKED_THROUGH):
            if len(events) == limit:
                break
            position += 1
            fate = self._fates[uuid]
            if fate.missing or not missing_only:
                events.append(fate)
        end = self._forgotten + len(self._order)
        return Page(events=events, next=position if position < end else None)

    def _remember(self, fate: EventFate) -> None:
        if fate.uuid not in self._fates:
            self._order.append(fate.uuid)
        self._fates[fate.uuid] = fate
        if len(self._order) > self._most:
            del self._fates[self._order.popleft()]
            self._forgotten += 1

    def _fate(self, uuid: str, hook_id: str) -> HookFate | None:
        event = self._fates.get(uuid)
        return None if event is None else event.hooks.setdefault(hook_id, HookFate())

    def _acknowledge(self, fate: HookFate, hook_id: str) -> None:
        summary = self._summary(hook_id)
        summary.given_up -= fate.outcome == "given up"
        summary.acknowledged += fate.acknowledged == 0
        summary.repeated += fate.acknowledged == 1
        fate.acknowledged += 1
        fate.outcome, fate.reason = "acknowledged", None

    def _summary(self, hook_id: str) -> HookSummary:
        return self._hooks.setdefault(hook_id, HookSummary())
