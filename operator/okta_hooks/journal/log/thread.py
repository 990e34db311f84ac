"""The thread that writes a log: whatever arrived while it synced is the next group."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeVar, TypeVarTuple

from okta_hooks.journal.errors import JournalError, JournalFailed, JournalFull
from okta_hooks.journal.log.disk import Disk
from okta_hooks.journal.log.lock import sole_writer
from okta_hooks.journal.log.passed import PassedFile
from okta_hooks.journal.log.recovery import Recovery, recover
from okta_hooks.journal.log.reports import DamageReports
from okta_hooks.journal.log.retention import LogLimits
from okta_hooks.journal.log.writer import LogWriter
from okta_hooks.journal.record import BEGINNING, Position

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


@dataclass(frozen=True, slots=True, eq=False)
class Append:
    """Records of one caller.

    Attributes:
        payloads: The records, encoded.
        size: Their bytes in the log.
        places: Where each begins, once they are kept.
    """

    payloads: Sequence[bytes]
    size: int
    places: asyncio.Future[tuple[Position, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Maintain:
    """A wish to drop what retention lets go."""

    done: asyncio.Future[None]


class LogState(NamedTuple):
    """What the event loop may know of the log; replaced whole after each group.

    Attributes:
        end: The place behind the newest record.
        used_bytes: What the log takes on its volume.
        room_bytes: What may be appended before it has reached its limit.
        missing_bytes: How large a group the volume had no room for last; 0 once one was kept.
        damaged: The names of the segments that are set aside, oldest first.
        failure: Why nothing is kept any more.
    """

    end: Position = BEGINNING
    used_bytes: int = 0
    room_bytes: int = 0
    missing_bytes: int = 0
    damaged: tuple[str, ...] = ()
    failure: JournalFailed | None = None


@dataclass(frozen=True)
class LogPlace:
    """Where and how a log is kept.

    Attributes:
        folder: The journal's folder; made when it is not there, inside one that is.
        passed: The dispatcher's word on how far every cursor is.
        reports: The dispatcher's word on what can't be read.
        limits: How much to keep.
        disk: The file system.
        now_ms: Tells the time in milliseconds of Unix time.
    """

    folder: Path
    passed: PassedFile
    reports: DamageReports
    limits: LogLimits
    disk: Disk
    now_ms: Callable[[], int]


Answer = Callable[[Sequence[Append], Sequence[tuple[Position, ...]] | JournalError], None]
"""Takes a group and what became of it, in the event loop."""


class WriterThread:
    """Owns a log from its recovery to its end; everything else here runs in the event loop.

    Args:
        place: Where and how to write.
        answer: Called in the running event loop with each group that was dealt with.
    """

    def __init__(self, place: LogPlace, answer: Answer) -> None:
        self._place = place
        self._answer = answer
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[Append | Maintain | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="journal-writer", daemon=True)
        self.opened: asyncio.Future[Recovery] = self._loop.create_future()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self.state = LogState()

    def start(self) -> None:
        """Begin; `opened` tells when the log is ready, or why not."""
        self._thread.start()

    def put(self, job: Append | Maintain) -> None:
        """Have something done."""
        self._jobs.put(job)

    def stop(self) -> None:
        """End after what was put before; `ended` tells when the folder is free again."""
        self._jobs.put(None)

    def _run(self) -> None:
        try:
            with ExitStack() as resources:
                writer = self._open(resources)
                self._serve(writer)
        except JournalError as error:
            self._refuse(error)
        except OSError as error:
            self._refuse(JournalFailed(f"the journal in {self._place.folder} can't be opened: {error}"))
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody may wait for ever
            self._refuse(JournalFailed(f"the journal in {self._place.folder} met a defect: {error!r}"))
        finally:
            self._in_loop(_resolve, self.ended, None)

    def _open(self, resources: ExitStack) -> LogWriter:
        place = self._place
        if not place.folder.is_dir():
            place.folder.mkdir()
            place.disk.sync_folder(place.folder.parent)
        resources.enter_context(sole_writer(place.folder))
        passed = place.passed.read() or BEGINNING
        recovery = recover(place.folder, disk=place.disk, now_ms=place.now_ms(), after=passed.segment)
        writer = LogWriter(place.folder, recovery, disk=place.disk, limits=place.limits)
        resources.enter_context(closing(writer))
        self._show(writer)
        self._in_loop(_resolve, self.opened, recovery)
        return writer

    def _serve(self, writer: LogWriter) -> None:
        while True:
            jobs = self._next_jobs()
            if appends := [job for job in jobs if isinstance(job, Append)]:
                self._append(writer, appends)
            for job in jobs:
                if isinstance(job, Maintain):
                    self._maintain(writer, job)
            if None in jobs:
                return

    def _next_jobs(self) -> list[Append | Maintain | None]:
        jobs = [self._jobs.get()]
        with suppress(Empty):
            while True:
                jobs.append(self._jobs.get_nowait())
        return jobs

    def _append(self, writer: LogWriter, group: Sequence[Append]) -> None:
        payloads = [payload for append in group for payload in append.payloads]
        try:
            places = iter(writer.append(payloads, now_ms=self._place.now_ms()))
        except JournalFull as error:
            self._show(writer, missing_bytes=sum(append.size for append in group))
            self._in_loop(self._answer, group, error)
        except Exception as error:
            failure = error if isinstance(error, JournalFailed) else JournalFailed(repr(error))
            self.state = self.state._replace(failure=failure)
            self._in_loop(self._answer, group, failure)
            raise
        else:
            self._show(writer)
            self._in_loop(self._answer, group, [tuple(next(places) for _ in append.payloads) for append in group])

    def _maintain(self, writer: LogWriter, job: Maintain) -> None:
        place = self._place
        try:
            writer.look_at(place.reports.read(), now_ms=place.now_ms())
            writer.maintain(place.passed.read(), now_ms=place.now_ms())
        except JournalFailed as error:
            self._in_loop(_reject, job.done, error)
            raise
        self._show(writer, missing_bytes=self.state.missing_bytes)
        self._in_loop(_resolve, job.done, None)

    def _show(self, writer: LogWriter, *, missing_bytes: int = 0) -> None:
        self.state = LogState(writer.end, writer.used_bytes, writer.room_bytes, missing_bytes, writer.damaged)

    def _refuse(self, error: JournalError) -> None:
        """Refuse whatever still comes, until the end."""
        failure = error if isinstance(error, JournalFailed) else JournalFailed(str(error))
        self.state = self.state._replace(failure=failure)
        self._in_loop(_reject, self.opened, error)
        while (job := self._jobs.get()) is not None:
            if isinstance(job, Append):
                self._in_loop(self._answer, [job], failure)
            else:
                self._in_loop(_reject, job.done, failure)

    def _in_loop(self, call: Callable[[*Arguments], None], *arguments: *Arguments) -> None:
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            self._loop.call_soon_threadsafe(call, *arguments)


def _resolve(future: asyncio.Future[Result], result: Result) -> None:
    if not future.done():
        future.set_result(result)


def _reject(future: asyncio.Future[Result], error: JournalError) -> None:
    if not future.done():
        future.set_exception(error)
