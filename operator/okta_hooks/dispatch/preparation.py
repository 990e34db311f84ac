"""From records to events that are ready to go out to one sink: chosen by its routes, and written in its format."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence

from okta_hooks.dispatch.batch import Event, Outcome, Prepared
from okta_hooks.dispatch.dead_letters import DeadLetter
from okta_hooks.dispatch.event_head import EventHead, event_head
from okta_hooks.dispatch.tallies import Counted, Tally
from okta_hooks.formats import Arrival, Format, KeyUnusable, Unreadable
from okta_hooks.journal import ArrivalPath, Record
from okta_hooks.routing import SinkRoutes
from okta_hooks.sinks import Outgoing

_LOGGER = logging.getLogger(__name__)
_EARLY = Tally(Counted.EARLY)
_UNROUTED = Tally(Counted.UNROUTED)


class Preparation:
    """Prepares the events of one sink.

    Args:
        format: How they are written.
        routes: Which of them the sink gets; None for all.
        start_at_ns: What Okta published before is not for the sink, in nanoseconds of Unix time; None for all.
        path: How they come; None for how each was received.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        format: Format,  # noqa: A002 -- the word that users know
        *,
        routes: SinkRoutes | None = None,
        start_at_ns: int | None = None,
        path: ArrivalPath | None = None,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._format = format
        self._routes = routes
        self._start_at_ns = start_at_ns
        self._path = path
        self._now_ns = now_ns
        self._failures: dict[str, str] = {}

    @property
    def failures(self) -> Mapping[str, str]:
        """Routes that had no answer for an event, each with the last reason."""
        return self._failures

    def prepare(self, records: Sequence[Record]) -> Prepared:
        """Choose and write.

        Raises:
            KeyUnusable: The format has not got the key that it needs.
        """
        events, outcome = list[Event](), Outcome()
        for record in records:
            head = event_head(record.event)
            if not self._is_chosen(record, head, outcome):
                continue
            try:
                payload = self._written(record)
            except Unreadable as error:
                outcome.refused.append(DeadLetter(record, str(error), 0, self._now_ns()))
                continue
            outgoing = Outgoing(record.uuid, payload, head.event_type, head.published_ns, record.received_ns)
            events.append(Event(record, outgoing))
        return Prepared(events, outcome)

    def _written(self, record: Record) -> bytes:
        try:
            return self._format.render(record.event, Arrival(record.received_ns, self._path or record.path))
        except (Unreadable, KeyUnusable):
            raise
        except Exception as error:  # one event must not end the feeding of all sinks, again at each new start
            _LOGGER.exception("the event %s can't be written, by a mistake in the format: report this", record.uuid)
            reason = f"the format failed with {type(error).__name__}, which is a mistake in it: report the log line"
            raise Unreadable(reason) from error

    def _is_chosen(self, record: Record, head: EventHead, outcome: Outcome) -> bool:
        """Whether the sink is to get an event; counts why not."""
        if self._start_at_ns is not None and (head.published_ns or record.received_ns) < self._start_at_ns:
            outcome.tallies[_EARLY] += 1
            return False
        if self._routes is None:
            return True
        decision = self._routes.decide(head.event_type, record.event)
        for route, reason in decision.failed.items():
            outcome.tallies[Tally(Counted.FAILED, route)] += 1
            self._failures[route] = reason
        for route in decision.undecided:
            outcome.tallies[Tally(Counted.UNDECIDED, route)] += 1
        if not decision.taken:
            outcome.tallies[_UNROUTED] += 1
        return decision.taken
