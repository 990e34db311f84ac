"""What the organisation wrote down about itself, in the order in which it was written."""

from __future__ import annotations

import bisect
import heapq
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from okta_simulator.clock import Clock
from okta_simulator.events.log_event import LogEvent
from okta_simulator.options import Log
from okta_simulator.state.recorder import Recorder
from okta_simulator.system_log.archive import Archive

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Arrival(msgspec.Struct, frozen=True):
    """An event on its way into the log. Times in microseconds since 1970."""

    arrived: int
    persisted: int
    event: msgspec.Raw


class _Key(msgspec.Struct, frozen=True):
    uuid: str
    published: datetime


class SystemLog:
    """Entries by position: their place in the order of persistence, which never changes.

    An entry appears in queries once its persistence time has come, and until retention ends, counted from its
    `published`. Beside its JSON an entry takes 24 bytes: persistence time, published time, and a hash of its uuid.

    Args:
        clock: Okta's time.
        options: How the log behaves.
        random: Gives each entry its part of the persistence delay.
        recorder: Where entries outlive the process.
    """

    def __init__(self, clock: Clock, options: Log, random: Random, recorder: Recorder) -> None:
        self._clock = clock
        self._options = options
        self._random = random
        self._archive = Archive()
        self._persisted = array("q")
        self._published = array("q")
        self._uuids = array("q")
        self._by_published = array("q")  # positions
        self._first = 0
        self._due: list[tuple[int, int, bytes]] = []  # a heap: persistence time, order of arrival, JSON
        self._arrivals = 0
        self._key = msgspec.json.Decoder(_Key)
        self._event = msgspec.json.Decoder(LogEvent)
        self._journal = recorder.journal("log")
        for arrival in self._journal.earlier(msgspec.json.Decoder(Arrival).decode):
            self._receive(arrival)

    def append(self, event: bytes) -> None:
        """Write an event's JSON down; queries show it after its part of the persistence delay."""
        now = microseconds(self._clock.now())
        delay = int(self._options.persistence_delay / _MICROSECOND * self._random.random())
        arrival = Arrival(now, now + delay, msgspec.Raw(event))
        self._journal.append(msgspec.json.encode(arrival))
        self._receive(arrival)

    def get(self, uuid: str) -> LogEvent | None:
        """The event of a uuid, if the log shows one."""
        wanted, position = hash(uuid), self.begin() - 1
        while True:
            try:
                position = self._uuids.index(wanted, position + 1)
            except ValueError:
                return None
            event = self._event.decode(self._archive[position])
            if event.uuid == uuid:
                return event

    def begin(self) -> int:
        """The position of the oldest entry that is kept."""
        self._settle(microseconds(self._clock.now()))
        return self._first

    def end(self) -> int:
        """The position that the next entry will have."""
        self._settle(microseconds(self._clock.now()))
        return len(self._archive)

    def text(self, position: int) -> bytes:
        """The entry at a position, in JSON."""
        return self._archive[position]

    def is_retained(self, position: int) -> bool:
        """Whether an entry is young enough to be shown."""
        return position >= self._first and self._published[position] >= self._oldest(self._clock.now())

    def persisted_since(self, moment: datetime) -> int:
        """The first position whose entry was persisted at a moment or later."""
        return max(self.begin(), bisect.bisect_left(self._persisted, microseconds(moment)))

    def published_between(self, since: int, until: int) -> Sequence[int]:
        """Positions of the entries published from `since` on and before `until`, by that time and then by position.

        Args:
            since: Microseconds since 1970.
            until: Microseconds since 1970.
        """
        self._settle(microseconds(self._clock.now()))
        begin = bisect.bisect_left(self._by_published, since, key=self._published.__getitem__)
        end = bisect.bisect_left(self._by_published, until, key=self._published.__getitem__)
        return self._by_published[begin:end]

    def published(self, position: int) -> int:
        """When the entry at a position was published, in microseconds since 1970."""
        return self._published[position]

    def _receive(self, arrival: Arrival) -> None:
        self._arrivals += 1
        heapq.heappush(self._due, (arrival.persisted, self._arrivals, bytes(arrival.event)))
        self._settle(arrival.arrived)

    def _settle(self, now: int) -> None:
        while self._due and self._due[0][0] <= now:
            persisted, _, text = heapq.heappop(self._due)
            key = self._key.decode(text)
            position = len(self._archive)
            self._archive.append(text)
            self._persisted.append(persisted)
            self._published.append(microseconds(key.published))
            self._uuids.append(hash(key.uuid))
            bisect.insort_right(self._by_published, position, key=self._published.__getitem__)
        self._forget(self._oldest(_EPOCH + now * _MICROSECOND))

    def _oldest(self, now: datetime) -> int:
        return microseconds(now - self._options.retention)

    def _forget(self, oldest: int) -> None:
        first, length = self._first, len(self._archive)
        while first < length and (self._published[first] < oldest or length - first > self._options.most_entries):
            first += 1
        if first > self._first:
            self._first = first
            self._archive.forget_before(first)


def microseconds(moment: datetime) -> int:
    """A moment as microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND
