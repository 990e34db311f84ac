"""When to ask again for the first word of a sink that is new. Pure.

The kubelet brings the dispatcher its configuration within about a minute and tells nobody: only asking shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from okta_hooks.api.hook_status import SinkStatus

AGAIN_AFTER = timedelta(seconds=2)
PATIENCE = timedelta(minutes=3)
"""A kubelet needs up to a minute and a half; what takes longer is looked at as seldom as everything else."""


@dataclass(frozen=True)
class Awaited:
    """Sinks of which the dispatcher has said nothing yet.

    Args:
        names: Their names.
        since: When the newest of them was seen first; None while there are none.
    """

    names: frozenset[str] = frozenset()
    since: datetime | None = None

    def after(self, statuses: Iterable[SinkStatus], now: datetime) -> Awaited:
        """The same once sinks were looked at again."""
        names = frozenset(status.name for status in statuses if status.state == "Pending")
        if not names:
            return Awaited()
        return Awaited(names, self.since if names <= self.names else now)

    def again(self, now: datetime) -> datetime | None:
        """When to ask again; None where that can wait for the next look."""
        if self.since is None or not timedelta() <= now - self.since < PATIENCE:
            return None
        return now + AGAIN_AFTER
