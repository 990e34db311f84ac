"""The folder that the dispatcher alone writes.

| file | what it holds | what if it is gone or damaged |
|---|---|---|
| `ledger.db` | cursors, dead letters and replays | sinks begin again at `passed` |
| `index.db` | which events came | made again from the journal |
| `identity` | the name by which other dispatchers of a stream know this one | made anew |
| `passed` | what every cursor has passed, for the receiver | written again |
| `damaged` | what of the log could not be read, for the receiver | written again when it is met again |

A damaged file is set aside under another name. docs/dispatcher.md says what a sink sees in each case.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from okta_hooks.dispatch import index as index_file
from okta_hooks.dispatch import ledger as ledger_file
from okta_hooks.dispatch.database import open_database
from okta_hooks.dispatch.dead_letters import DeadLetters
from okta_hooks.dispatch.index import Index
from okta_hooks.dispatch.ledger import Ledger
from okta_hooks.dispatch.replaying import Requests
from okta_hooks.dispatch.replays import Replays
from okta_hooks.journal import PassedFile
from okta_hooks.journal.log.reports import REPORTS_FILE, DamageReports

_COMPANIONS = ("-wal", "-shm")

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class OwnFiles:
    """The files, open.

    Attributes:
        ledger: Cursors.
        requests: Dead letters, and what sinks are to be given again; in the same file.
        index: Which events came.
        passed: What every cursor has passed.
        reports: What of the log can't be read.
        folder: Where they are.
    """

    ledger: Ledger
    requests: Requests
    index: Index
    passed: PassedFile
    reports: DamageReports
    folder: Path

    def damaged(self) -> tuple[str, ...]:
        """The names of damaged predecessors, for as long as somebody keeps them."""
        aside = self.folder.glob("*.damaged-*")
        return tuple(sorted(path.name for path in aside if not path.name.endswith(_COMPANIONS)))


@asynccontextmanager
async def open_own_files(folder: Path) -> AsyncIterator[OwnFiles]:
    """Open them, held against every other process.

    Raises:
        DatabaseFailed: One can't be used.
    """
    async with (
        open_database(folder / "ledger.db", ledger_file.SCHEMA, version=ledger_file.VERSION) as ledger,
        open_database(folder / "index.db", index_file.SCHEMA, version=index_file.VERSION) as index,
    ):
        for database in (ledger, index):
            if aside := database.set_aside:
                _LOGGER.error("a file was damaged and is now %s: keep it for whoever looks into the cause", aside)
        requests = Requests(DeadLetters(ledger), Replays(ledger))
        passed, reports = PassedFile(folder / "passed"), DamageReports(folder / REPORTS_FILE)
        yield OwnFiles(await Ledger.of(ledger), requests, Index(index), passed, reports, folder)
