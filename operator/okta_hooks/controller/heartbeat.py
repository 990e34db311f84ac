"""Whether the watch still hears: the leader renews its Lease every few seconds, and the watch has to show it.

A watch can fall silent without an error, behind a load balancer that forgot the connection for example; the operator
would then look well and do nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta


class Heartbeat:
    """When the Lease was last seen to change.

    Args:
        clock: Tells seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at = clock()

    def heard(self) -> None:
        """The watch has shown the Lease."""
        self._heard_at = self._clock()

    def silence(self) -> timedelta:
        """For how long nothing was heard."""
        return timedelta(seconds=self._clock() - self._heard_at)
