"""Whether Okta had to deliver an entry of its log to a hook. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from okta_hooks.system_log.entry import LogEntry
from okta_hooks.system_log.subscription import Subscription

Condition = Callable[[bytes], bool]
"""Whether a hook's filter lets an event through, by its JSON."""


class Duty(Enum):
    """What Okta had to do with an entry."""

    DELIVER = "deliver"
    LEAVE_OUT = "leave out"
    UNDECIDED = "undecided"  # its type has a filter that can't be evaluated here


@dataclass(frozen=True)
class Filters:
    """A hook's filters, as far as they can be evaluated.

    Args:
        conditions: By event type, those that can.
        unreadable: By event type, why a filter can't be evaluated.
    """

    conditions: Mapping[str, Condition] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    """What is due of a log.

    Args:
        subscription: Since when each type is.
        filters: What Okta leaves out.
    """

    subscription: Subscription
    filters: Filters = field(default_factory=Filters)

    @property
    def event_types(self) -> frozenset[str]:
        """The types of which anything may be due."""
        return frozenset(self.subscription.since_ns)

    def duty(self, entry: LogEntry) -> Duty:
        """What Okta had to do with an entry. One without a readable identity can't be missed: nobody would know it."""
        if not entry.uuid or not self.subscription.due(entry.event_type, entry.published_ns):
            return Duty.LEAVE_OUT
        if entry.event_type in self.filters.unreadable:
            return Duty.UNDECIDED
        condition = self.filters.conditions.get(entry.event_type)
        return Duty.DELIVER if condition is None or condition(entry.payload) else Duty.LEAVE_OUT
