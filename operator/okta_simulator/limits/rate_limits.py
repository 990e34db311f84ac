"""The organisation's limits: requests a window by bucket, and requests at a time."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import format_datetime

from okta_simulator.audit import Audit, Target
from okta_simulator.caller import SYSTEM, Caller
from okta_simulator.clock import Clock
from okta_simulator.errors import OktaError
from okta_simulator.limits.bucket import WINDOW, Bucket, Decision
from okta_simulator.options import RateLimits

_DEFAULT = "/api/v1"
_DEFAULT_REQUESTS = 600  # where the options list no bucket at all


class OrganizationLimits:
    """Counts requests, and refuses those that are too many as Okta does."""

    def __init__(self, *, options: RateLimits, audit: Audit, clock: Clock) -> None:
        self._options = options
        self._audit = audit
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}
        self._under_way = 0
        self._next_concurrency_entry: datetime | None = None

    def count(self, caller: Caller, bucket: str) -> Mapping[str, str]:
        """Count a request, and give the headers of its answer.

        `Date` is among them: a client that waits for `X-Rate-Limit-Reset` subtracts it, and both must come from one
        clock (Okta's SDK for Go gives up for good without it).

        Raises:
            OktaError: E0000047 with those headers: the window is used up.
        """
        now = self._clock.now()
        counted = self._bucket(bucket)
        decision = counted.take(caller.credential_id, now)
        self._write_down(decision, counted, caller, now)
        headers = rate_limit_headers(decision.limit, decision.remaining, decision.reset, now)
        if not decision.granted:
            raise OktaError("E0000047", headers=headers)
        return headers

    @asynccontextmanager
    async def concurrent(self) -> AsyncIterator[None]:
        """Hold one of the organisation's places for requests under way.

        Raises:
            OktaError: E0000047 with limit and remaining 0, as Okta marks this refusal: too many at once.
        """
        if self._under_way >= self._options.concurrent:
            raise self._too_many_at_once()
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    def _bucket(self, path: str) -> Bucket:
        name = choose_bucket(path, self._options.buckets)
        if name not in self._buckets:
            self._buckets[name] = Bucket(
                name,
                limit=self._options.buckets.get(name, self._options.buckets.get(_DEFAULT, _DEFAULT_REQUESTS)),
                credential_share=self._options.credential_share,
                warn_at=self._options.warning_at,
            )
        return self._buckets[name]

    def _write_down(self, decision: Decision, bucket: Bucket, caller: Caller, now: datetime) -> None:
        if not decision.warn and not decision.violation:
            return
        self._audit.record(
            "system.org.rate_limit.warning" if decision.warn else "system.org.rate_limit.violation",
            caller,
            targets=[Target(id=bucket.name, type="Bucket", display_name=bucket.name)],
            result="SUCCESS" if decision.warn else "DENY",
            reason=None if decision.warn else "Rate limit exceeded",
            severity="WARN",
            debug_data={
                "requestUri": bucket.name,
                "threshold": str(bucket.limit),
                "timeSpan": "1",
                "timeUnit": "MINUTES",
                "rateLimitSecondsToReset": str(math.ceil((decision.reset - now).total_seconds())),
            },
        )

    def _too_many_at_once(self) -> OktaError:
        now = self._clock.now()
        if self._next_concurrency_entry is None or now >= self._next_concurrency_entry:
            self._next_concurrency_entry = now + WINDOW
            self._audit.record(
                "core.concurrency.org.limit.violation",
                SYSTEM,
                result="DENY",
                reason="Concurrency limit exceeded",
                severity="WARN",
                debug_data={"threshold": str(self._options.concurrent)},
            )
        return OktaError("E0000047", headers=rate_limit_headers(0, 0, now + WINDOW, now))


def choose_bucket(path: str, buckets: Mapping[str, int]) -> str:
    """The bucket that a path counts in: the longest one whose path it begins with, else `/api/v1`."""
    within = (name for name in buckets if path == name or path.startswith(name.rstrip("/") + "/"))
    return max(within, key=len, default=_DEFAULT)


def rate_limit_headers(limit: int, remaining: int, reset: datetime, now: datetime) -> Mapping[str, str]:
    """The three headers, and the `Date` that clients subtract from the reset."""
    return {
        "X-Rate-Limit-Limit": str(limit),
        "X-Rate-Limit-Remaining": str(remaining),
        "X-Rate-Limit-Reset": str(math.ceil(reset.timestamp())),
        "Date": format_datetime(now, usegmt=True),
    }
