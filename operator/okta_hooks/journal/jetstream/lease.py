"""One active dispatcher at a time: who holds the lease.

The holder changes a value every few seconds. Whoever wants it watches for the change to stay out, by its own clock, so
that clocks need not agree; and takes the value over by compare-and-swap, so that one of several gets it. The holder
gives up before the others may begin.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Never

from okta_hooks.journal.errors import JournalLocked, JournalUnavailable
from okta_hooks.journal.jetstream.bucket import Bucket, Value

_KEY = "lease"
_RELEASED = b""

_LOGGER = logging.getLogger(__name__)


class Lease:
    """The lease.

    Args:
        bucket: Where it is.
        holder: Who asks for it: no two processes may have the same name.
        lasts: After how long without a sign of its holder others take it.
        clock: Tells seconds that never go back.
    """

    def __init__(
        self,
        bucket: Bucket,
        holder: str,
        *,
        lasts: timedelta = timedelta(seconds=15),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bucket = bucket
        self._holder = holder.encode()
        self._lasts = lasts.total_seconds()
        self._clock = clock
        self._revision = 0
        self._renewed = 0.0

    async def acquire(self) -> None:
        """Return once this process holds it."""
        seen, since = Value(b"", -1), self._clock()
        while True:
            try:
                found = await self._bucket.get(_KEY)
                began = self._clock()
                if found.revision > seen.revision:
                    self._note(seen, found)
                    seen, since = found, began
                if self._may_take(seen) or began - since > self._lasts:
                    revision = await self._bucket.swap(_KEY, self._holder, revision=seen.revision)
                    if revision is not None:
                        self._revision, self._renewed = revision, began
                        return
            except JournalUnavailable as error:
                _LOGGER.warning("the lease can't be asked for: %s", error)
                since = self._clock()
            await asyncio.sleep(self._lasts / 10)

    async def hold(self) -> Never:
        """Renew it.

        Raises:
            JournalLocked: It is lost, or may be soon: another dispatcher may be active.
        """
        while True:
            await asyncio.sleep(self._lasts / 5)
            began = self._clock()
            try:
                async with asyncio.timeout(self._lasts / 10):
                    revision = await self._bucket.swap(_KEY, self._holder, revision=self._revision)
            except (JournalUnavailable, TimeoutError) as error:
                await self._look_again(error)
            else:
                if revision is None:
                    await self._look_again(None)
                else:
                    self._revision, self._renewed = revision, began
            if self._clock() - self._renewed > self._lasts / 2:
                raise JournalLocked("the lease could not be renewed: another dispatcher may be active now")

    async def release(self) -> None:
        """Let the next have it at once. Failing that it waits for the lease to run out."""
        try:
            await self._bucket.swap(_KEY, _RELEASED, revision=self._revision)
        except JournalUnavailable as error:
            _LOGGER.warning("the lease could not be released, and runs out: %s", error)

    async def _look_again(self, error: Exception | None) -> None:
        """After a renewal without an answer the value may have been written by ourselves."""
        try:
            async with asyncio.timeout(self._lasts / 10):
                found = await self._bucket.get(_KEY)
        except (JournalUnavailable, TimeoutError):
            return
        if found.content == self._holder:
            self._revision = max(self._revision, found.revision)
        elif found.revision > self._revision or error is None:
            raise JournalLocked("another dispatcher holds the lease now: this one was not heard of for too long")

    def _may_take(self, seen: Value) -> bool:
        return seen.content in {_RELEASED, self._holder}

    def _note(self, before: Value, found: Value) -> None:
        if found.content not in {_RELEASED, self._holder} and before.content != found.content:
            _LOGGER.info("standing by: another dispatcher is active", extra={"active": found.content.decode()})
