"""Which event is at fault when a sink refuses a batch and does not say why. Pure.

The batch is halved until single events are refused. That alone proves nothing: a typing error in the sink's settings
has every event refused. So such an event is a suspect, until the sink has taken another, of this batch or of any; then
it is tried again, and only if it is refused right then it is given up. One that was given up before needs no more
proof. While nothing is taken, the search stops early, and begins again after a wait with the oldest suspect: if
somebody corrected the settings, order is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from okta_hooks.dispatch.batch import Event
from okta_hooks.dispatch.judging import Holdup

_MOST_IN_A_ROW = 8
"""So many events that are refused alone, with none taken in between, are the sink's fault until it takes one."""
_MOST_SUSPECTS = 100
"""With so many, later events are not asked for any more: somebody has to look."""


class Search:
    """What of a batch is to be handed over next.

    Args:
        events: The batch.
    """

    def __init__(self, events: Sequence[Event]) -> None:
        self._groups: deque[Sequence[Event]] = deque()
        self._suspects: list[Event] = []
        self._last_order = 0
        self._has_taken = False
        self._in_a_row = 0
        self._reason = ""
        self.add(events)

    def add(self, events: Sequence[Event]) -> None:
        """Go on with later events, as evidence about the earlier ones."""
        for event in events:
            self._last_order += 1
            event.order = self._last_order
        if events:
            self._groups.append(events)

    def begin(self, *, taken_meanwhile: bool) -> None:
        """Go on after a wait, in which anything may have changed.

        Args:
            taken_meanwhile: Whether the sink took events in it that others handed over.
        """
        self._has_taken = False
        self._in_a_row = 0
        if taken_meanwhile:
            self.take()
        elif self._suspects:
            self._groups.appendleft([self._suspects.pop(0)])

    def next(self) -> Sequence[Event]:
        """What to hand over; nothing when all is settled, or `holdup` says why not."""
        return self._groups.popleft() if self._groups and self._in_a_row < _MOST_IN_A_ROW else ()

    def put_back(self, events: Sequence[Event]) -> None:
        """These are to be handed over again."""
        if events:
            self._groups.appendleft(events)

    def take(self) -> None:
        """The sink took something: it is time to try suspects again."""
        self._has_taken = True
        self._in_a_row = 0
        self.put_back(sorted(self._suspects, key=lambda event: event.order))
        self._suspects = []

    def refuse(self, events: Sequence[Event], reason: str) -> Event | None:
        """The sink refused what it was handed over.

        Returns:
            The event that is given up, if one is.
        """
        self._reason = reason
        if len(events) > 1:
            middle = len(events) // 2
            self._groups.extendleft([events[middle:], events[:middle]])
            return None
        (event,) = events
        event.refusals += 1
        if event.was_given_up or (self._has_taken and event.refusals > 1):
            return event
        self._in_a_row += 1
        self._suspects = sorted([*self._suspects, event], key=lambda each: each.order)
        return None

    def give_up(self) -> Sequence[Event]:
        """Wait for no more evidence.

        Returns:
            The suspects, oldest first.
        """
        suspects, self._suspects = self._suspects, []
        return suspects

    @property
    def reason(self) -> str:
        """What the sink said when it refused something last."""
        return self._reason

    @property
    def is_over(self) -> bool:
        """Whether all is settled."""
        return not self._groups and not self._suspects

    @property
    def holdup(self) -> Holdup | None:
        """Why it can't go on."""
        if not self._suspects:
            return None
        uuid = self._suspects[0].outgoing.uuid
        return Holdup(f"it refuses the event {uuid} ({self._reason}) and has taken none since", paused=True)

    @property
    def needs_others(self) -> bool:
        """Whether later events may bring evidence."""
        return not self._groups and 0 < len(self._suspects) < _MOST_SUSPECTS
