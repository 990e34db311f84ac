"""Waiting until a request may be made: the asynchronous edge of `okta_hooks.okta.rate_limit`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from okta_hooks.okta.errors import RateLimited
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.rate_limit import Allowance, full, told

LONGEST_WAIT = 15.0
"""Seconds that a request waits at most; rather than longer, it fails and says until when."""


class Pace:
    """The rate limits of one organisation, shared by everything that speaks to it.

    Args:
        share: Part of each limit to use.
        clock: Tells UTC epoch seconds.
        sleep: Waits for seconds.
    """

    def __init__(
        self,
        share: float = 0.5,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._share = share
        self._clock = clock
        self._sleep = sleep
        self._allowances: dict[str, Allowance] = {}

    async def turn(self, operation: Operation) -> None:
        """Wait for the turn of an operation.

        Raises:
            RateLimited: It would be longer than `LONGEST_WAIT`; nothing was sent.
        """
        now = self._clock()
        allowance, wait = self._allowance(operation.limit).taken(now)
        if wait > LONGEST_WAIT:
            until = datetime.fromtimestamp(now + wait, UTC)
            summary = f"what may be used of the rate limit {operation.limit} is used up for {wait:.0f} s"
            raise RateLimited(operation.name, summary, until=until)
        self._allowances[operation.limit] = allowance
        if wait > 0:
            await self._sleep(wait)

    def learn(self, operation: Operation, headers: Mapping[str, str]) -> None:
        """Take in what an answer said of the limit."""
        said = told(headers)
        if said is not None:
            allowance = self._allowance(operation.limit)
            self._allowances[operation.limit] = allowance.after(said, self._clock())

    def remaining(self) -> Mapping[str, int]:
        """Requests left in each limit, as Okta told last."""
        known = ((name, allowance.remaining) for name, allowance in self._allowances.items())
        return {name: remaining for name, remaining in known if remaining is not None}

    def _allowance(self, limit: str) -> Allowance:
        return self._allowances.setdefault(limit, full(self._share, self._clock()))
