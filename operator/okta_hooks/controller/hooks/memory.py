"""What is remembered of a hook between reconciles. It may be lost at any time: then it is found out again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from okta_hooks.reconcile.observed import Echo, Reachability, Rejection, Verifications


@dataclass(frozen=True)
class Memory:
    """See `okta_hooks.reconcile.observed.Observed` for what each is.

    Args:
        reachability: The last challenge of our own.
        verifications: How Okta's went.
        decided_to_create_at: Since when a new hook is wanted.
        echo: What Okta made of the last definition that it was given.
        rejection: What Okta refused last.
        failures: Reconciles in a row in which Okta could not be asked.
    """

    reachability: Reachability | None = None
    verifications: Verifications = field(default_factory=Verifications)
    decided_to_create_at: datetime | None = None
    echo: Echo | None = None
    rejection: Rejection | None = None
    failures: int = 0
