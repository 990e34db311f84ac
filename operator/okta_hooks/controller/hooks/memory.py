"""What is remembered of a hook between reconciles. It may be lost at any time: then it is found out again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from okta_hooks.controller.sinks.awaiting import Awaited
from okta_hooks.controller.wishes import Wishes
from okta_hooks.reconcile.observed import (
    Denial,
    Echo,
    Reachability,
    Refusals,
    Rejection,
    Settled,
    Verifications,
)
from okta_hooks.reconcile.repairs import Repairs

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""When what is remembered of an endpoint was seen, if it is to be looked at again now."""


@dataclass(frozen=True)
class Memory:
    """See `okta_hooks.reconcile.observed.Observed` for what each is.

    Args:
        reachability: The last challenge of our own.
        verifications: How Okta's went.
        decided_to_create_at: Since when a new hook is wanted.
        echo: What Okta made of the last definition that it was given.
        rejection: What Okta refused last.
        denial: What the credential might not do last.
        settled: How the hook was when Okta had all that was wanted.
        repairs: What was repaired of it.
        refusals: What the receiver refused for its secret.
        failures: Reconciles in a row in which Okta could not be asked.
        wishes: Which looks the user asked for and had.
        awaited: Which sinks the dispatcher is to say a first word of.
    """

    reachability: Reachability | None = None
    verifications: Verifications = field(default_factory=Verifications)
    decided_to_create_at: datetime | None = None
    echo: Echo | None = None
    rejection: Rejection | None = None
    denial: Denial | None = None
    settled: Settled | None = None
    repairs: Repairs = field(default_factory=Repairs)
    refusals: Refusals = field(default_factory=Refusals)
    failures: int = 0
    wishes: Wishes = field(default_factory=Wishes)
    awaited: Awaited = field(default_factory=Awaited)

    def when_asked(self, wishes: Wishes) -> Memory:
        """The same when the user has asked for a look: whatever is waited for is tried now."""
        old = replace(self.reachability, at=LONG_AGO) if self.reachability is not None else None
        return replace(
            self,
            wishes=wishes,
            reachability=old,
            rejection=None,
            denial=None,
            verifications=Verifications(),
            repairs=self.repairs.asked_for(),
            failures=0,
        )

    def if_cut(self, handled: str) -> Memory:
        """What may be remembered of a reconcile that does not come to its end.

        What Okta refused it still refuses; what was under way there may have happened or not.

        Args:
            handled: The wish that was fulfilled before: a look that was cut is none.
        """
        settled = replace(self.settled, is_steady=False) if self.settled is not None else None
        return replace(
            self,
            wishes=replace(self.wishes, handled=handled),
            echo=None,
            decided_to_create_at=None,
            settled=settled,
        )
