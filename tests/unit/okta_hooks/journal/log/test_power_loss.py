"""A machine that loses power, or a disk that loses a sync, takes nothing that was acknowledged."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okta_hooks.journal import BEGINNING, JournalFailed, LogLimits, LogReader
from samples.journal import Reading, read_all, several, uuids
from unit.okta_hooks.journal.log.faulty_disk import PowerlessDisk
from unit.okta_hooks.journal.log.written_logs import NOON_MS, started_writer, write

SMALL_SEGMENTS = LogLimits(segment_bytes=3000)


class Machine:
    """A machine on which a log is written and read, from one mishap to the next."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.disk = PowerlessDisk(chance)
        self.acknowledged: list[str] = []
        self.delivered: list[str] = []
        self.cursor = BEGINNING
        self.now_ms = NOON_MS
        self._numbers = 0

    def run(self, *, groups: int, last_sync_fails: bool = False) -> None:
        """A process that recovers, keeps groups of records, and ends."""
        self.now_ms += self.chance.randrange(-5, 100)
        with started_writer(self.folder, disk=self.disk, limits=SMALL_SEGMENTS, now_ms=self.now_ms) as (writer, _):
            for _ in range(groups):
                records = several(self.chance.randrange(1, 5), first=self._numbers, size=self.chance.randrange(900))
                self._numbers += len(records)
                write(writer, records, now_ms=self.now_ms)
                self.acknowledged += uuids(records)
                if self.chance.random() < 0.3:
                    self.deliver()
            if last_sync_fails:
                with self._failing_sync(), pytest.raises(JournalFailed):
                    write(writer, several(2, first=self._numbers), now_ms=self.now_ms)
                self._numbers += 2

    def deliver(self) -> None:
        """A dispatcher reads on from its cursor."""
        reading = self.read(after=True)
        assert reading.lost == ()
        self.delivered += uuids(reading.records)
        self.cursor = reading.next

    def read(self, *, after: bool = False) -> Reading:
        return asyncio.run(read_all(LogReader(self.folder), self.cursor if after else BEGINNING))

    @contextmanager
    def _failing_sync(self) -> Iterator[None]:
        self.disk.sync_fails = True
        yield
        self.disk.sync_fails = False


MISHAPS = st.lists(st.sampled_from(["killed", "power lost", "sync lost", "sync lost, then power lost"]), max_size=6)


@settings(max_examples=80, deadline=None)
@given(chance=st.randoms(use_true_random=False), mishaps=MISHAPS)
def test_what_was_acknowledged_is_there_once_and_what_was_delivered_stays(
    chance: random.Random, mishaps: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(Path(folder), chance)
        for mishap in mishaps:
            machine.run(groups=chance.randrange(6), last_sync_fails=mishap.startswith("sync lost"))
            if mishap.endswith("power lost"):
                machine.disk.lose_power()
            machine.deliver()
        machine.run(groups=1)
        machine.deliver()
        reading = machine.read()

    kept = uuids(reading.records)
    acknowledged = set(machine.acknowledged)
    assert [uuid for uuid in kept if uuid in acknowledged] == machine.acknowledged
    assert machine.delivered == kept


def test_recovery_after_a_failed_sync_writes_again_what_the_kernel_only_shows(tmp_path: Path) -> None:
    machine = Machine(tmp_path, random.Random(1))
    machine.run(groups=1, last_sync_fails=True)
    machine.run(groups=2)
    machine.disk.lose_power()
    machine.run(groups=1)
    kept = uuids(machine.read().records)
    assert set(machine.acknowledged) <= set(kept)
    assert len(kept) == len(set(kept)) == len(machine.acknowledged) + 2
