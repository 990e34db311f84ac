"""The task that feeds one sink: batch by batch, each until every event of it is settled, then the cursor."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Never

from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.event_head import event_head
from okta_hooks.dispatch.interruption import finish
from okta_hooks.dispatch.judging import Holdup, judge
from okta_hooks.dispatch.ledger import DeadLetter, Ledger
from okta_hooks.dispatch.source import BatchLimits, Portion, Source
from okta_hooks.formats import Arrival, Format, Unreadable
from okta_hooks.journal import Position, Record
from okta_hooks.sinks import Answer, Outgoing, Retry, Sink, SinkSettings

_LOGGER = logging.getLogger(__name__)
_GRACE = timedelta(seconds=10)
"""How long a delivery may go on when the worker has to end; within the 30 s that Kubernetes gives to a pod."""


@dataclass(frozen=True)
class _Pending:
    """An event that the sink has not settled yet."""

    record: Record
    outgoing: Outgoing


@dataclass
class _Batch:
    """What became of a batch so far."""

    place: Position
    pending: Sequence[_Pending]
    delivered: int = 0
    refused: list[DeadLetter] = field(default_factory=list)
    attempts: int = 0


class SinkWorker:
    """Feeds a sink.

    Args:
        name: The sink's name.
        settings: What opens it.
        format: How its events are written.
        source: Where they come from.
        limits: When a batch of them is complete.
        backoff: How long to wait after a failure.
        ledger: Where its cursor is, and its dead letters go.
        chance: Where jitter comes from.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        name: str,
        *,
        settings: SinkSettings,
        format: Format,  # noqa: A002 -- the word that users know
        source: Source,
        limits: BatchLimits,
        backoff: Backoff,
        ledger: Ledger,
        chance: random.Random,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._name = name
        self._settings = settings
        self._format = format
        self._source = source
        self._limits = limits
        self._backoff = backoff
        self._ledger = ledger
        self._chance = chance
        self._now_ns = now_ns
        self.holdup: Holdup | None = None
        """Why the sink can't be served now; None while it can."""

    async def run(self) -> Never:
        """Go on from the sink's cursor, which there has to be.

        Raises:
            DatabaseFailed: The ledger or the index can't be used.
        """
        async with self._settings.open() as sink:
            while True:
                place = self._ledger.cursors[self._name].place
                await self._pass_on(sink, await self._source.portion(place, self._limits))

    async def _pass_on(self, sink: Sink, portion: Portion) -> None:
        batch = self._written(portion)
        while not await finish(self._attempt(sink, batch), grace=_GRACE):
            asked = self.holdup.after if self.holdup else None
            wait = self._backoff.wait(batch.attempts, self._chance, asked=asked)
            await asyncio.sleep(wait.total_seconds())

    def _written(self, portion: Portion) -> _Batch:
        pending, refused = [], []
        for record in portion.records:
            try:
                payload = self._format.render(record.event, Arrival(record.received_ns, record.path))
            except Unreadable as error:
                refused.append(DeadLetter(record, str(error), 0, self._now_ns()))
            else:
                pending.append(_Pending(record, _outgoing(record, payload)))
        return _Batch(portion.next, pending, refused=refused)

    async def _attempt(self, sink: Sink, batch: _Batch) -> bool:
        """Try once; whether the whole batch is settled and written down."""
        if batch.pending:
            batch.attempts += 1
            judgement = judge(batch.pending, await self._ask(sink, batch.pending))
            batch.delivered += judgement.delivered
            batch.refused += [self._letter(batch, event.record, reason) for event, reason in judgement.refused]
            batch.pending = judgement.again
            self._note(judgement.holdup)
        if batch.pending:
            return False
        await self._ledger.advance(
            self._name, batch.place, delivered=batch.delivered, refused=batch.refused, now_ns=self._now_ns()
        )
        return True

    async def _ask(self, sink: Sink, pending: Sequence[_Pending]) -> Answer:
        try:
            return await sink.deliver([event.outgoing for event in pending])
        except Exception as error:  # one sink's mistake must not end the others
            _LOGGER.exception("the sink %s failed in a way that it should not: report this", self._name)
            return Retry(f"it failed with {type(error).__name__}, which is a mistake in the sink: report the log line")

    def _letter(self, batch: _Batch, record: Record, reason: str) -> DeadLetter:
        _LOGGER.warning("the sink %s refuses the event %s for good: %s", self._name, record.uuid, reason)
        return DeadLetter(record, reason, batch.attempts, self._now_ns())

    def _note(self, holdup: Holdup | None) -> None:
        if holdup and (self.holdup is None or holdup.reason != self.holdup.reason):
            what_next = "it is asked again when that is corrected" if holdup.paused else "trying again"
            _LOGGER.warning("the sink %s takes no events: %s; %s", self._name, holdup.reason, what_next)
        if self.holdup and holdup is None:
            _LOGGER.info("the sink %s takes events again", self._name)
        self.holdup = holdup


def _outgoing(record: Record, payload: bytes) -> Outgoing:
    head = event_head(record.event)
    return Outgoing(record.uuid, payload, head.event_type, head.published_ns, record.received_ns)
