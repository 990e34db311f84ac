"""How fast one of Okta's rate limits may be used. Pure: time comes in, a wait comes out.

Okta counts requests in windows of 60 s and tells with every answer the limit, what remains of it and when the window
ends (`X-Rate-Limit-Limit`, `-Remaining`, `-Reset`, the last in UTC epoch seconds). Others use the same limit, so an
allowance takes a share of it and spreads its requests; what Okta says remains has the last word.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

WINDOW = 60.0
"""Seconds in which Okta counts."""

_BURST = 0.25  # the part of a window's requests that may be made at once
_SMALLEST_LIMIT = 100  # Okta's free organisations had this for the management API: assumed until Okta tells
_LONGEST_WINDOW = 2 * WINDOW  # a reset further away is a clock that is wrong
_AT_ONCE_WAIT = 2.0  # seconds after the limit on requests at once was met, for which Okta tells no end


@dataclass(frozen=True)
class Told:
    """What Okta said of a limit: requests in a window, how many remain, when it ends (UTC epoch seconds)."""

    limit: int
    remaining: int
    reset: float

    @property
    def at_once(self) -> bool:
        """Whether this is the limit on requests at once: Okta tells it by two zeros, and its reset means nothing."""
        return self.limit == 0 and self.remaining == 0


def told(headers: Mapping[str, str]) -> Told | None:
    """What the headers of an answer (names in lower case) say of a limit; None where they say nothing."""
    try:
        return Told(
            limit=int(headers["x-rate-limit-limit"]),
            remaining=int(headers["x-rate-limit-remaining"]),
            reset=float(headers["x-rate-limit-reset"]),
        )
    except (KeyError, ValueError):
        return None


@dataclass(frozen=True)
class Allowance:
    """A token bucket for one of Okta's limits: in any 60 s it gives at most `share` of the limit.

    Args:
        share: Part of the limit that may be used, above 0, at most 1.
        limit: Okta's limit, in requests a window.
        tokens: Requests that may be made at once; below zero, they are promised and paid off by waiting.
        counted_at: When tokens were counted (UTC epoch seconds, as everywhere here).
        remaining: What Okta said remains of the present window, less what was used since; None when not known.
        closed_until: Before this nothing is asked for, or the present window ends.
    """

    share: float
    limit: int = _SMALLEST_LIMIT
    tokens: float = 0.0
    counted_at: float = 0.0
    remaining: int | None = None
    closed_until: float = 0.0

    @property
    def burst(self) -> float:
        """Requests that may be made at once, at least one."""
        return max(1.0, self.share * self.limit * _BURST)

    @property
    def rate(self) -> float:
        """Requests a second in the long run: what the burst leaves of the share."""
        return max(0.5, self.share * self.limit - self.burst) / WINDOW

    def taken(self, now: float) -> tuple[Allowance, float]:
        """The allowance after one more request is promised, and how many seconds that request has to wait."""
        tokens = min(self.burst, self.tokens + max(0.0, now - self.counted_at) * self.rate) - 1.0
        wait = max(0.0, -tokens / self.rate)
        remaining = self.remaining
        if remaining is not None and now >= self.closed_until:
            remaining = None  # the window is over: what the next one holds is told by its first answer
        if remaining is not None:
            if remaining <= 0:
                wait = max(wait, self.closed_until - now)
            remaining = max(0, remaining - 1)
        return replace(self, tokens=tokens, counted_at=now, remaining=remaining), wait

    def after(self, said: Told, now: float) -> Allowance:
        """The allowance after an answer said this."""
        if said.at_once:
            return replace(self, remaining=0, closed_until=now + _AT_ONCE_WAIT)
        reset = min(said.reset, now + _LONGEST_WINDOW)
        return replace(self, limit=max(1, said.limit), remaining=said.remaining, closed_until=reset)

    def of_at_least(self, limit: int) -> Allowance:
        """The allowance after it became known that a limit is this large or larger."""
        return replace(self, limit=max(self.limit, limit))

    def with_share(self, share: float) -> Allowance:
        """The allowance when another part of the limit may be used from now on."""
        return replace(self, share=share)


def full(share: float, now: float) -> Allowance:
    """An allowance of which nothing was used yet."""
    allowance = Allowance(share=share, counted_at=now)
    return replace(allowance, tokens=allowance.burst)


def pause(attempt: int, dice: random.Random) -> float:
    """Seconds before an attempt is repeated: longer each time, and never the same for two who failed together.

    Args:
        attempt: How many were made, from 1.
        dice: Chance.
    """
    return dice.uniform(0.5, 1.0) * min(8.0, 0.5 * 2.0 ** (attempt - 1))
