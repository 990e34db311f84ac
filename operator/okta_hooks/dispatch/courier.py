"""Handing events over to one sink until each of them is settled: taken, or refused for good."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta

from okta_hooks.dispatch.batch import Event, Outcome
from okta_hooks.dispatch.bisecting import Search
from okta_hooks.dispatch.circuit import Circuit
from okta_hooks.dispatch.dead_letters import DeadLetter
from okta_hooks.dispatch.interruption import finish
from okta_hooks.dispatch.judging import Holdup, judge
from okta_hooks.dispatch.rate import Rate
from okta_hooks.sinks import Answer, Retry, Sink

_LOGGER = logging.getLogger(__name__)
_GRACE = timedelta(seconds=10)
"""How long a delivery may go on when the worker has to end; within the 30 s that Kubernetes gives to a pod."""


@dataclass
class Load:
    """Events that are settled together.

    Attributes:
        search: Those that are not settled yet.
        outcome: What became of the others.
        settle: Has what became of all of them written down.
        held_up_at: How many events the sink had taken, of this load or others, when it was held up last; None before.
    """

    search: Search
    outcome: Outcome
    settle: Callable[[Outcome], Coroutine[None, None, None]]
    held_up_at: int | None = None


@dataclass
class Door:
    """What all who hand something over to one sink share.

    Attributes:
        name: The sink's name.
        sink: The sink.
        circuit: When it may be tried.
        rate: How much it may be given.
        turns: How many may hand over at once, in the order in which they came.
        taken: How many events the sink took so far, whoever handed them over.
    """

    name: str
    sink: Sink
    circuit: Circuit
    rate: Rate
    turns: asyncio.Semaphore
    taken: int = 0


class Courier:
    """Hands over.

    Args:
        door: The way to the sink.
        acknowledged: Is told which events the sink took, and when, in nanoseconds of Unix time.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        door: Door,
        acknowledged: Callable[[Sequence[Event], int], None],
        *,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._door = door
        self._acknowledged = acknowledged
        self._now_ns = now_ns

    async def attempt(self, load: Load) -> Holdup | None:
        """Hand over as much as the sink takes now, once its circuit lets anything pass.

        Returns:
            Why something is left; None when all is settled and written down.
        """
        if load.search.is_over:
            await finish(load.settle(load.outcome), grace=_GRACE)
            return None
        async with self._door.circuit.permit() as permit, self._door.turns:
            before = load.outcome.delivered
            holdup = await finish(self._hand_over(load), grace=_GRACE)
            if holdup:
                load.held_up_at = self._door.taken
                permit.failed(holdup, took_some=load.outcome.delivered > before)
            else:
                permit.succeeded()
        return holdup

    async def give_up(self, load: Load) -> None:
        """Settle a load whose events wait for evidence that nothing can bring: what was refused is a dead letter."""
        load.outcome.refused += [self._letter(event, load.search.reason) for event in load.search.give_up()]
        await finish(load.settle(load.outcome), grace=_GRACE)
        self._door.circuit.give_up()

    def leave(self) -> None:
        """What was held up last is not to be handed over any more."""
        self._door.circuit.give_up()

    async def _hand_over(self, load: Load) -> Holdup | None:
        load.search.begin(taken_meanwhile=load.held_up_at is not None and self._door.taken > load.held_up_at)
        while events := load.search.next():
            await self._door.rate.take(len(events))
            if holdup := self._apply(load, events, await self._ask(events)):
                return holdup
        if load.search.holdup:
            return load.search.holdup
        await load.settle(load.outcome)
        return None

    async def _ask(self, events: Sequence[Event]) -> Answer:
        for event in events:
            event.attempts += 1
        try:
            return await self._door.sink.deliver([event.outgoing for event in events])
        except Exception as error:  # one sink's mistake must not end the others
            _LOGGER.exception("the sink %s failed in a way that it should not: report this", self._door.name)
            return Retry(f"it failed with {type(error).__name__}, which is a mistake in the sink: report the log line")

    def _apply(self, load: Load, events: Sequence[Event], answer: Answer) -> Holdup | None:
        judgement = judge(events, answer)
        if judgement.unexplained is not None:
            if given_up := load.search.refuse(events, judgement.unexplained):
                load.outcome.refused.append(self._letter(given_up, judgement.unexplained))
            return None
        load.search.put_back(judgement.again)
        if judgement.delivered:
            load.outcome.delivered += len(judgement.delivered)
            self._door.taken += len(judgement.delivered)
            load.search.take()
            self._acknowledged(judgement.delivered, self._now_ns())
        load.outcome.refused += [self._letter(event, reason) for event, reason in judgement.refused]
        return judgement.holdup

    def _letter(self, event: Event, reason: str) -> DeadLetter:
        _LOGGER.warning("the sink %s refuses the event %s for good: %s", self._door.name, event.record.uuid, reason)
        return DeadLetter(event.record, reason, event.attempts, self._now_ns())
