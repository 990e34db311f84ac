"""The journal as the process finds it: a log beside it, or a stream that it takes charge of."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Never, Protocol

from okta_hooks.dispatch.files import OwnFiles
from okta_hooks.dispatch.options import DispatcherOptions
from okta_hooks.journal import Bounds, LogReader, Reader, Retention


class JournalReader(Reader, Protocol):
    """A reader with everything that a dispatcher asks."""

    async def used_bytes(self) -> int:
        """How large the journal is."""
        ...

    async def between(self, since_ns: int, until_ns: int) -> Bounds:
        """Two places between which all records lie that were received in a time."""
        ...


@dataclass(frozen=True)
class OpenJournal:
    """A journal that this process may dispatch from.

    Attributes:
        reader: Reads it.
        passed: Lets go of what every cursor has passed.
        chores: What has to run meanwhile; the first that fails ends the dispatcher.
    """

    reader: JournalReader
    passed: Retention
    chores: tuple[Callable[[], Coroutine[object, object, Never]], ...] = ()


@asynccontextmanager
async def open_journal(options: DispatcherOptions, own: OwnFiles) -> AsyncIterator[OpenJournal]:
    """Open it; with a stream, stand by until no other dispatcher is active."""
    if options.stream is None:
        yield OpenJournal(LogReader(options.journal_folder, damaged=own.reports.tell), own.passed)
        return
    from okta_hooks.dispatch.stream_journal import open_stream  # noqa: PLC0415 -- nobody else loads a client of NATS

    async with open_stream(options.stream, own.ledger, folder=options.own_folder) as (reader, passed, chores):
        yield OpenJournal(reader, passed, chores)
