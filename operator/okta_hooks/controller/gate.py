"""Whoever has lost the Lease, or is about to, does not call Okta: another operator may act already."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from okta_hooks.kube.leadership import Leadership

ONE_REQUEST = 10.0
"""Seconds for which leadership has to be certain: how long a request that changes a hook takes at most. Verifying takes
longer, and does no harm when another operator does it too."""


class NotLeading(Exception):
    """This operator may not act any more."""


@dataclass(frozen=True)
class LeaseGate:
    """Asked before each request to Okta.

    Args:
        leadership: Tells until when this operator leads.
        clock: Tells seconds that never go back, as leadership counts them.
    """

    leadership: Leadership
    clock: Callable[[], float] = time.monotonic

    def check(self) -> None:
        """Let a request be made.

        Raises:
            NotLeading: It may not be.
        """
        if not self.leadership.is_leader(self.clock() + ONE_REQUEST):
            raise NotLeading("this operator does not lead for long enough to call Okta")
