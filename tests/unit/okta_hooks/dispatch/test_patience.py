"""Reading a journal that fails for a while."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from okta_hooks.dispatch.patience import PatientReader
from okta_hooks.journal import BEGINNING, Batch, Bounds, JournalFailed, Position
from samples.dispatch import until


class FailingReader:
    """A reader that fails while it has a reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    async def bounds(self) -> Bounds:
        self._fail()
        return Bounds(BEGINNING, BEGINNING)

    async def read(self, after: Position, *, max_records: int, max_bytes: int) -> Batch:
        assert max_records
        assert max_bytes
        self._fail()
        return Batch((), after)

    async def wait(self, after: Position) -> None:
        assert after == BEGINNING
        self._fail()

    async def forgotten(self, window: timedelta) -> Position:
        assert window
        self._fail()
        return BEGINNING

    def _fail(self) -> None:
        if self.reason:
            raise JournalFailed(self.reason)


async def test_reads_on_once_the_journal_can_be_read_and_says_meanwhile_why_not() -> None:
    failing = FailingReader("the volume is away")
    patient = PatientReader(failing, pause=timedelta(milliseconds=1))
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(patient.read(BEGINNING, max_records=1, max_bytes=1))
        await until(lambda: patient.trouble == "the volume is away")
        failing.reason = ""
    assert reading.result() == Batch((), BEGINNING)
    assert patient.trouble is None
