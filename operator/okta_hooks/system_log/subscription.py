"""Since when Okta has had to deliver each type of event to a hook. Pure.

What came before a hook's first verification, and before Okta accepted a newly listed type, was never due. All that came
later was, whatever became of the hook in between: unverified, inactive, gone or fresh after a replace are reasons why
events were not delivered, and not why they need not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Subscription:
    """Types of events, each with the moment since which it is due, in nanoseconds of Unix time by Okta's clock.

    Args:
        since_ns: Moment by type; empty before the first verification.
    """

    since_ns: Mapping[str, int] = field(default_factory=dict)

    def accepting(self, event_types: frozenset[str], at_ns: int) -> Subscription:
        """The same once Okta has accepted a set of types: what is new is due from then on, what is gone no more."""
        return Subscription({each: self.since_ns.get(each, at_ns) for each in sorted(event_types)})

    def beginning_at(self, at_ns: int) -> Subscription:
        """The same for a hook that was verified at another moment than was thought; later types stay as they are."""
        first = min(self.since_ns.values(), default=at_ns)
        return Subscription({each: at_ns if since == first else since for each, since in self.since_ns.items()})

    def due(self, event_type: str, published_ns: int) -> bool:
        """Whether Okta had to deliver an event of a type that was published at a moment."""
        since = self.since_ns.get(event_type)
        return since is not None and since <= published_ns
