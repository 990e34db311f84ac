"""The journal that was chosen: a log of this process' own, or a stream that it shares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from okta_hooks.journal import Appender, LogAppender, PassedFile
from okta_hooks.journal.log.disk import Disk
from okta_hooks.journal.log.recovery import Recovery
from okta_hooks.receiver.options import ReceiverOptions


@dataclass(frozen=True)
class OpenJournal:
    """A journal to append to.

    Attributes:
        appender: Appends.
        recovery: What opening a log found; None of a stream, whose servers recover by themselves.
    """

    appender: Appender
    recovery: Recovery | None


@asynccontextmanager
async def open_journal(options: ReceiverOptions, disk: Disk) -> AsyncIterator[OpenJournal]:
    """Open it.

    Args:
        options: Which.
        disk: Where a log is written.

    Raises:
        JournalError: A log can't be opened. A stream that can't be reached is waited for, and not ready meanwhile.
    """
    if options.stream is None:
        passed = PassedFile(options.passed_file)
        async with LogAppender(options.journal_folder, passed=passed, limits=options.limits, disk=disk) as log:
            yield OpenJournal(log, log.recovery)
        return
    from okta_hooks.journal.jetstream.appender import StreamAppender  # noqa: PLC0415 -- nobody else loads its client

    async with StreamAppender(options.stream) as stream:
        yield OpenJournal(stream, None)
