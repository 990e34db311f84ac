"""Waiting until a request may be made: the asynchronous edge of `okta_hooks.okta.rate_limit`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from okta_hooks.okta.errors import RateLimited
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.rate_limit import Allowance, Told, full, told

DEFAULT_SHARE = 0.5
"""The part of each of Okta's rate limits that is used where nobody says how much."""
LONGEST_WAIT = 15.0
"""Seconds that a request waits at most; rather than longer, it fails and says until when."""


class Budget:
    """The same share of each of an organisation's rate limits, and what is used of it.

    Args:
        share: Part of each limit to use, above 0, at most 1.
    """

    def __init__(self, share: float = DEFAULT_SHARE) -> None:
        self._share = share
        self._allowances: dict[str, Allowance] = {}

    @property
    def share(self) -> float:
        """Part of each limit to use."""
        return self._share

    def resize(self, share: float) -> None:
        """Use another share from now on; what was used, and what Okta has told, still counts."""
        self._share = share
        self._allowances = {limit: each.with_share(share) for limit, each in self._allowances.items()}

    def wait(self, limit: str, now: float) -> float:
        """Seconds that one more request would have to wait."""
        return self._allowance(limit, now).taken(now)[1]

    def take(self, limit: str, now: float) -> None:
        """One more request is promised."""
        self._allowances[limit], _ = self._allowance(limit, now).taken(now)

    def learn(self, limit: str, said: Told, now: float) -> None:
        """An answer to who has this budget for itself said this of a limit."""
        self._allowances[limit] = self._allowance(limit, now).after(said, now)

    def learn_size(self, limit: str, said: Told, now: float) -> None:
        """An answer to one of several who share this budget said this.

        Okta tells each credential of the part that this one may use (half, if nobody chose otherwise) and of what
        remains of that: so the size counts for all, and that nothing remains only for who was told.
        """
        self._allowances[limit] = self._allowance(limit, now).of_at_least(said.limit)

    def remaining(self) -> Mapping[str, int]:
        """Requests left in each limit, as Okta told last."""
        known = ((name, allowance.remaining) for name, allowance in self._allowances.items())
        return {name: remaining for name, remaining in known if remaining is not None}

    def _allowance(self, limit: str, now: float) -> Allowance:
        return self._allowances.setdefault(limit, full(self._share, now))


class Pace:
    """When requests with one credential may be made: neither faster than its own budget allows, nor than the whole's.

    Args:
        own: What this credential may use.
        whole: What all may use together who speak to the organisation; where it is absent, there are no others.
        clock: Tells UTC epoch seconds.
        sleep: Waits for seconds.
    """

    def __init__(
        self,
        own: Budget,
        whole: Budget | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._own = own
        self._whole = whole
        self._clock = clock
        self._sleep = sleep

    async def turn(self, operation: Operation) -> None:
        """Wait for the turn of an operation.

        Raises:
            RateLimited: It would be longer than `LONGEST_WAIT`; nothing was sent.
        """
        now = self._clock()
        budgets = (self._own,) if self._whole is None else (self._own, self._whole)
        wait = max(budget.wait(operation.limit, now) for budget in budgets)
        if wait > LONGEST_WAIT:
            until = datetime.fromtimestamp(now + wait, UTC)
            summary = f"what may be used of the rate limit {operation.limit} is used up for {wait:.0f} s"
            raise RateLimited(operation.name, summary, until=until)
        for budget in budgets:
            budget.take(operation.limit, now)
        if wait > 0:
            await self._sleep(wait)

    def learn(self, operation: Operation, headers: Mapping[str, str]) -> None:
        """Take in what an answer said of the limit."""
        said = told(headers)
        if said is None:
            return
        self._own.learn(operation.limit, said, self._clock())
        if self._whole is not None:
            self._whole.learn_size(operation.limit, said, self._clock())

    def remaining(self) -> Mapping[str, int]:
        """Requests left to this credential in each limit, as Okta told last."""
        return self._own.remaining()
