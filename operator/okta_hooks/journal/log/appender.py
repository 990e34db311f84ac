"""The event loop's side of the embedded journal: takes records in, answers once they are on stable storage."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from okta_hooks.journal.admission import Admission
from okta_hooks.journal.errors import JournalError, JournalFailed, JournalFull
from okta_hooks.journal.log import frame
from okta_hooks.journal.log.disk import Disk, PosixDisk
from okta_hooks.journal.log.passed import PassedFile
from okta_hooks.journal.log.recovery import Recovery
from okta_hooks.journal.log.reports import REPORTS_FILE, DamageReports
from okta_hooks.journal.log.retention import LogLimits
from okta_hooks.journal.log.thread import Append, LogPlace, Maintain, WriterThread
from okta_hooks.journal.payload import encode
from okta_hooks.journal.record import Position, Record, Usage

_MAX_WAITING_RECORDS = 20_000
_MAX_WAITING_BYTES = 32 << 20
_LARGE_DELIVERY_BYTES = 1 << 20
"""A journal without room for so much says that it is full, though it still keeps what fits."""


def unix_ms() -> int:
    """The present, in milliseconds of Unix time."""
    return time.time_ns() // 1_000_000


class LogAppender:
    """The receiver's side of the embedded journal, as an asynchronous context manager.

    One thread does all that may block, so that a slow disk makes larger groups and not a slower event loop. Entering
    recovers what the last process left; leaving frees the folder for the next one.

    Args:
        folder: The journal's folder; made when it is not there, inside one that is.
        passed: The dispatcher's word on how far every cursor is; beside it is what it says of damage.
        limits: How much to keep.
        disk: The file system.
        now_ms: Tells the time in milliseconds of Unix time.

    Raises:
        JournalLocked: Another process writes the folder (on entering).
        JournalFailed: The folder can't be written or recovered (on entering).
    """

    recovery: Recovery
    """What entering found."""

    def __init__(
        self,
        folder: Path,
        *,
        passed: PassedFile,
        limits: LogLimits | None = None,
        disk: Disk | None = None,
        now_ms: Callable[[], int] = unix_ms,
    ) -> None:
        reports = DamageReports(passed.path.with_name(REPORTS_FILE))
        self._place = LogPlace(folder, passed, reports, limits or LogLimits(), disk or PosixDisk(), now_ms)
        self._waiting = Admission(max_records=_MAX_WAITING_RECORDS, max_bytes=_MAX_WAITING_BYTES)
        self._is_closed = False

    async def __aenter__(self) -> Self:
        self._thread = WriterThread(self._place, self._answer)
        self._thread.start()
        try:
            self.recovery = await self._thread.opened
        except BaseException:
            self._thread.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        self._thread.stop()
        await self._thread.ended

    async def append(self, records: Sequence[Record]) -> tuple[Position, ...]:
        """Keep records; returns only once all of them are on stable storage.

        Returns:
            Where each begins.

        Raises:
            JournalFull: There is no room; none of the records was kept.
            JournalFailed: The store is broken, or closed.
            RecordTooLarge: A record is larger than the journal's format can hold.
        """
        if not records:
            return ()
        payloads = [encode(record) for record in records]
        size = sum(frame.HEAD_BYTES + len(one) for one in payloads)
        await self._waiting.enter(len(payloads), size)
        try:
            self._refuse_unless_room(self._waiting.bytes)
            job = Append(payloads, size, asyncio.get_running_loop().create_future())
        except JournalError:
            self._waiting.leave(len(payloads), size)
            raise
        self._thread.put(job)
        return await job.places

    async def maintain(self) -> None:
        """Drop what retention no longer holds; to be called every few seconds.

        Raises:
            JournalFailed: The store is broken, or closed.
        """
        self._refuse_unless_room(0)
        job = Maintain(asyncio.get_running_loop().create_future())
        self._thread.put(job)
        await job.done

    def usage(self) -> Usage:
        """How full the journal is, and whether it would refuse."""
        state = self._thread.state
        return Usage(
            used_bytes=state.used_bytes,
            limit_bytes=self._place.limits.max_bytes,
            newest=state.end,
            refusal=self._refusal(),
            damaged=state.damaged,
        )

    def _refusal(self) -> JournalError | None:
        state = self._thread.state
        try:
            self._refuse_unless_room(_LARGE_DELIVERY_BYTES)
        except JournalError as error:
            return error
        if state.missing_bytes and self._place.disk.free_bytes(self._place.folder) < state.missing_bytes:
            return JournalFull(f"the volume of {self._place.folder} is full: enlarge it, or see which sink is behind")
        return None

    def _refuse_unless_room(self, size: int) -> None:
        if self._is_closed:
            raise JournalFailed(f"the journal in {self._place.folder} is closed")
        if failure := self._thread.state.failure:
            raise JournalFailed(str(failure))
        if size > self._thread.state.room_bytes:
            raise JournalFull(
                f"the journal in {self._place.folder} has reached its limit of {self._place.limits.max_bytes} bytes: "
                "raise the limit, or see which sink is behind"
            )

    def _answer(self, group: Sequence[Append], outcome: Sequence[tuple[Position, ...]] | JournalError) -> None:
        for number, append in enumerate(group):
            self._waiting.leave(len(append.payloads), append.size)
            if append.places.done():
                continue  # its caller was cancelled
            if isinstance(outcome, JournalError):
                append.places.set_exception(type(outcome)(str(outcome)))
            else:
                append.places.set_result(outcome[number])
