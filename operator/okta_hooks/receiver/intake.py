"""From bodies to kept records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import time_ns

from okta_hooks.journal import Appender, ArrivalPath, Record
from okta_hooks.receiver.delivery import ReceivedEvent, read_delivery
from okta_hooks.receiver.outcome import Outcome
from okta_hooks.receiver.tally import Tally


class Intake:
    """Keeps events; what it returned for is on stable storage. Repeats are kept again: the dispatcher knows uuids.

    Args:
        journal: Where to.
        tally: Counts what was kept.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(self, journal: Appender, tally: Tally, *, now_ns: Callable[[], int] = time_ns) -> None:
        self._journal = journal
        self._tally = tally
        self._now_ns = now_ns

    async def keep_delivery(self, body: bytes) -> Outcome:
        """Keep each event of a delivery, or the whole body where it can't be read.

        Raises:
            JournalFull: There is no room; nothing was kept.
            JournalFailed: The journal is broken.
        """
        now_ns = self._now_ns()
        delivery = read_delivery(body)
        if delivery is None:
            await self._keep([Record("", body, now_ns)])
            return Outcome.QUARANTINED
        self._tally.came_from(delivery.hook_id, now_ns)
        await self._keep([Record(event.uuid, event.json, now_ns, delivery=delivery.id) for event in delivery.events])
        return Outcome.KEPT

    async def keep_events(self, events: Sequence[ReceivedEvent], path: ArrivalPath) -> None:
        """Keep events that came by no delivery.

        Raises:
            JournalFull: There is no room; nothing was kept.
            JournalFailed: The journal is broken.
        """
        now_ns = self._now_ns()
        await self._keep([Record(event.uuid, event.json, now_ns, path) for event in events])

    async def _keep(self, records: Sequence[Record]) -> None:
        await self._journal.append(records)
        for record in records:
            self._tally.events[record.path].add(1, record.received_ns)
            self._tally.event_bytes += len(record.event)
            if not record.uuid:
                self._tally.quarantined.add(1, record.received_ns)
