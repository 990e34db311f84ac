"""Whoever has lost the Lease, or is about to, does not call Okta: another operator may act already."""

from __future__ import annotations

import time
from dataclasses import dataclass

from okta_hooks.kube.leadership import Leadership

_ONE_CALL = 10.0
"""Seconds for which leadership has to be certain: how long a call that changes a hook takes at most. Verifying takes
longer, and does no harm when another operator does it too."""


class NotLeading(Exception):
    """This operator may not act any more."""


@dataclass(frozen=True)
class LeaseGate:
    """Asked before each call to Okta.

    Args:
        leadership: Tells until when this operator leads.
    """

    leadership: Leadership

    def check(self) -> None:
        """Let a call be made.

        Raises:
            NotLeading: It may not be.
        """
        if not self.leadership.is_leader(time.monotonic() + _ONE_CALL):
            raise NotLeading("this operator does not lead for long enough to call Okta")
