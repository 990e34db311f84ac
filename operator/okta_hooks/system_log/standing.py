"""How far one hook's search for events that never came has got: what outlives a restart. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from okta_hooks.system_log.backfill import Searched
from okta_hooks.system_log.subscription import Subscription
from okta_hooks.system_log.windows import Window, Windows, nanoseconds


@dataclass(frozen=True)
class Counts:
    """Events, since the hook was verified first.

    Args:
        missed: Were due and never came.
        filled: Of these, were brought.
        undecided: Never came, and nobody here knows whether they were due.
        history: Were brought from before the hook was verified.
    """

    missed: int = 0
    filled: int = 0
    undecided: int = 0
    history: int = 0


@dataclass(frozen=True)
class Standing:
    """Where a search stands; times without a name of their own are nanoseconds of Unix time by Okta's clock.

    Args:
        began_ns: When the hook was verified first; None before.
        subscription: What is due since when.
        to_search: What is to be searched for gaps.
        history: What is left to bring from before the hook was verified.
        judged_until_ns: What was published before is known to have come, or is in `to_search`.
        counts: What was found.
        missed_at: When an event was found last that never came, by our own clock.
    """

    began_ns: int | None = None
    subscription: Subscription = field(default_factory=Subscription)
    to_search: Windows = field(default_factory=Windows)
    history: Window | None = None
    judged_until_ns: int = 0
    counts: Counts = field(default_factory=Counts)
    missed_at: datetime | None = None

    @property
    def next(self) -> Window | None:
        """What is to be searched next: history is older than any gap."""
        return self.history or self.to_search.oldest

    def verified(self, wanted: frozenset[str], accepted: frozenset[str], *, at_ns: int, history: timedelta) -> Standing:
        """The same for a hook that Okta trusts.

        Args:
            wanted: The types that it is to have. One that it had stays due, even if somebody took it out in Okta.
            accepted: The types that it has there.
            at_ns: Since when, if that is news.
            history: How far back a hook is filled that was never verified before.
        """
        known = wanted & (accepted | self.subscription.since_ns.keys())
        subscription = self.subscription.accepting(known, at_ns)
        if self.began_ns is not None:
            return replace(self, subscription=subscription)
        back_to = max(0, at_ns - nanoseconds(history))
        before = Window(back_to, at_ns) if back_to < at_ns else None
        return replace(self, began_ns=at_ns, subscription=subscription, history=before)

    def beginning_at(self, at_ns: int) -> Standing:
        """The same for a hook of which it was learnt from Okta when it was verified first."""
        history = self.history
        if history is not None and self.began_ns is not None:
            history = Window(max(0, history.since_ns + at_ns - self.began_ns), at_ns)
        return replace(self, began_ns=at_ns, subscription=self.subscription.beginning_at(at_ns), history=history)

    def idle(self, at_ns: int) -> Standing:
        """The same for a hook of which nothing is due before a moment, unless it is to be searched already."""
        return replace(self, judged_until_ns=max(self.judged_until_ns, at_ns))

    def giving_up(self) -> Standing:
        """The same for a hook whose gaps are not to be searched any more."""
        return replace(self, to_search=Windows(), history=None)

    def searching(self, *windows: Window) -> Standing:
        """The same with more to search."""
        return replace(self, to_search=self.to_search.adding(*windows))

    def missing(self, window: Window, at: datetime) -> Standing:
        """The same once it was found that in a time events never came."""
        return replace(self.searching(window), missed_at=at)

    def after(self, part: Searched, at: datetime) -> Standing:
        """The same once a part of `to_search` was searched."""
        counts = replace(
            self.counts,
            missed=self.counts.missed + part.missed,
            filled=self.counts.filled + part.brought,
            undecided=self.counts.undecided + part.undecided,
        )
        missed_at = at if part.missed else self.missed_at
        return replace(self, to_search=self.to_search.without(part.window), counts=counts, missed_at=missed_at)

    def after_history(self, part: Searched) -> Standing:
        """The same once a part of the history was searched, which goes from its beginning to its end."""
        before = self.history
        left = before is not None and part.window.until_ns < before.until_ns
        history = Window(max(before.since_ns, part.window.until_ns), before.until_ns) if before and left else None
        return replace(self, history=history, counts=replace(self.counts, history=self.counts.history + part.brought))
