"""When to look again while nothing changes."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from okta_hooks.api.values import Duration, to_timedelta

DEFAULT_RESYNC = timedelta(minutes=5)
_SHORTEST = timedelta(seconds=1)
_SOONEST = timedelta(milliseconds=200)
_SPREAD = 0.1  # of the interval, so that many objects do not come at once for ever


def resync_interval(*wishes: Duration | None) -> timedelta:
    """The first of the intervals that are given, else the default."""
    given = next((wish for wish in wishes if wish is not None), None)
    return max(to_timedelta(given), _SHORTEST) if given is not None else DEFAULT_RESYNC


def next_look(interval: timedelta, now: datetime, *moments: datetime | None) -> timedelta:
    """How long to wait: the interval, a little less or more, or until the first of the moments if that is sooner."""
    spread = interval * random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 -- spreads load
    waits = [moment - now for moment in moments if moment is not None]
    return max(_SOONEST, min([spread, *waits]))
