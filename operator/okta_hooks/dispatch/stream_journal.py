"""Taking charge of a stream: making it, holding the lease, going on from where the last dispatcher was."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Never
from uuid import uuid4

from okta_hooks.dispatch.ledger import Ledger
from okta_hooks.dispatch.options import StreamChoice
from okta_hooks.dispatch.sharing import SharedCursors
from okta_hooks.journal import JournalUnavailable
from okta_hooks.journal.jetstream.bucket import Bucket
from okta_hooks.journal.jetstream.connection import Connection
from okta_hooks.journal.jetstream.lease import Lease
from okta_hooks.journal.jetstream.reader import StreamReader
from okta_hooks.journal.jetstream.retention import StreamRetention
from okta_hooks.journal.jetstream.stream import Stream

_PAUSE_SECONDS = 1.0

_LOGGER = logging.getLogger(__name__)

Chores = tuple[Callable[[], Coroutine[object, object, Never]], ...]


@asynccontextmanager
async def open_stream(
    choice: StreamChoice, ledger: Ledger, *, folder: Path
) -> AsyncIterator[tuple[StreamReader, StreamRetention, Chores]]:
    """Make the stream if need be, wait for the lease, and take over the cursors of whoever had it before.

    Args:
        choice: Which stream, and how much it keeps.
        ledger: This process' cursors; those of others that are further replace them.
        folder: Where this process keeps its files, and by what name it is known to others.
    """
    settings, limits = choice.settings, choice.limits
    async with Connection(settings, role="dispatcher") as connection:
        stream, bucket = Stream(connection, settings.stream), Bucket(connection, settings.stream)
        await connection.established()
        await _insist(lambda: stream.make(limits))
        await _insist(lambda: bucket.make(limits.replicas))
        lease = Lease(bucket, _identity(folder))
        await lease.acquire()
        retention, cursors = StreamRetention(connection, stream, bucket, limits), SharedCursors(bucket, ledger)
        try:
            await _insist(retention.refresh)
            await _insist(cursors.take_over)
            reader = StreamReader(connection, stream, retention)
            yield reader, retention, (lease.hold, cursors.run, retention.run)
        finally:
            await cursors.tell()
            await lease.release()


def _identity(folder: Path) -> str:
    """A name that stays with the folder, so that a dispatcher that was killed goes on at once when it starts again."""
    file = folder / "identity"
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.write_text(str(uuid4()), encoding="ascii")
        fresh.replace(file)
    return file.read_text(encoding="ascii")


async def _insist(ask: Callable[[], Awaitable[object]]) -> None:
    """Ask until it is answered."""
    while True:
        try:
            await ask()
        except JournalUnavailable as error:
            _LOGGER.warning("the dispatcher waits for the distributed journal: %s", error)
            await asyncio.sleep(_PAUSE_SECONDS)
        else:
            return
