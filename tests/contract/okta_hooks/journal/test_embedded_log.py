"""The embedded log keeps the journal's contract."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from contract.okta_hooks.journal.journal_contract import ROOM_BYTES, JournalContract
from okta_hooks.journal import Appender, LogAppender, LogLimits, LogReader, PassedFile, Reader, Retention

SMALL = LogLimits(max_bytes=ROOM_BYTES, keep_bytes=1 << 20, segment_bytes=500_000)


class EmbeddedLog:
    """A log in a folder."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "log"
        self._passed = PassedFile(folder / "passed")

    def open(self, *, small: bool = False) -> AbstractAsyncContextManager[Appender]:
        return LogAppender(self._log, passed=self._passed, limits=SMALL if small else LogLimits())

    def reader(self) -> Reader:
        return LogReader(self._log)

    def retention(self) -> Retention:
        return self._passed


class TestEmbeddedLog(JournalContract):
    @pytest.fixture
    def journal(self, tmp_path: Path) -> EmbeddedLog:
        return EmbeddedLog(tmp_path)
