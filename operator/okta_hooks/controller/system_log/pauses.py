"""When to poll a System Log again. Pure.

Each round takes one request where there is little to read. Whoever finds the organisation busy, or its rate limit used
up by others, comes back later each time rather than take what is left.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from okta_hooks.api.values import Duration, to_timedelta
from okta_hooks.okta.errors import OktaError, RateLimited

DEFAULT_INTERVAL = timedelta(seconds=60)
SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(minutes=10)
"""Between two rounds where Okta can't be asked; an interval that was chosen longer is kept."""


def poll_interval(wish: Duration | None) -> timedelta:
    """How often an organisation object wants its log to be polled."""
    return max(to_timedelta(wish), SHORTEST) if wish is not None else DEFAULT_INTERVAL


def after_failures(error: OktaError, interval: timedelta, failures: int, now: datetime) -> timedelta:
    """How long to wait after so many rounds in a row that failed.

    Args:
        error: How the last one failed.
        interval: The pause while all is well.
        failures: How many rounds failed in a row, at least one.
        now: The time.
    """
    pause = min(interval * (1 << min(failures - 1, 16)), max(LONGEST, interval))
    if isinstance(error, RateLimited):
        pause = min(2 * pause, max(LONGEST, interval))
        if error.until is not None:
            pause = max(pause, min(error.until - now, LONGEST))
    return pause
