"""The receiver's side of the embedded log: one writer, retention, segments."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from okta_hooks.journal import (
    JournalLocked,
    LogAppender,
    LogLimits,
    LogReader,
    PassedFile,
    Position,
)
from okta_hooks.journal.log.segment import segment_numbers
from samples.journal import numbered, read_all, several
from unit.okta_hooks.journal.log.written_logs import NOON_MS

HOUR_MS = 3_600_000


class SetClock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now_ms = NOON_MS

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def passed(tmp_path: Path) -> PassedFile:
    return PassedFile(tmp_path / "passed")


async def test_two_writers_never_write_one_journal(folder: Path, passed: PassedFile) -> None:
    async with LogAppender(folder, passed=passed) as first:
        with pytest.raises(JournalLocked, match="is being written by another process: stop that process"):
            async with LogAppender(folder, passed=passed):
                pass
        await first.append(several(1))


async def test_another_process_can_not_write_it_either(folder: Path, passed: PassedFile) -> None:
    program = "import sys, pathlib; from okta_hooks.journal.log.lock import sole_writer\n"
    program += "with sole_writer(pathlib.Path(sys.argv[1])): pass"
    async with LogAppender(folder, passed=passed):
        other = subprocess.run(  # noqa: ASYNC221 - nothing else runs in this loop
            [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False
        )
    assert "JournalLocked" in other.stderr


async def test_a_writer_that_has_left_makes_way_for_the_next(folder: Path, passed: PassedFile) -> None:
    for number in range(3):
        async with LogAppender(folder, passed=passed) as journal:
            await journal.append([numbered(number)])
    assert (await read_all(LogReader(folder))).records == several(3)


async def test_a_journal_remembers_for_as_long_as_it_was_told_and_drops_then(folder: Path, passed: PassedFile) -> None:
    clock = SetClock()
    limits = LogLimits(keep_age=timedelta(hours=3), segment_age=timedelta(hours=1))
    async with LogAppender(folder, passed=passed, limits=limits, now_ms=clock) as journal:
        await journal.append(several(2))
        await passed.release(journal.usage().newest)
        clock.now_ms += 2 * HOUR_MS
        await journal.maintain()
        assert (await read_all(LogReader(folder))).records == several(2)
        clock.now_ms += 4 * HOUR_MS
        await journal.maintain()
        assert (await read_all(LogReader(folder))).records == []


async def test_what_a_cursor_still_needs_outlives_its_age(folder: Path, passed: PassedFile) -> None:
    clock = SetClock()
    limits = LogLimits(keep_age=timedelta(hours=3), segment_age=timedelta(hours=1))
    async with LogAppender(folder, passed=passed, limits=limits, now_ms=clock) as journal:
        await journal.append(several(2))
        for _ in range(5):
            clock.now_ms += 24 * HOUR_MS
            await journal.maintain()
        assert (await read_all(LogReader(folder))).records == several(2)


async def test_a_quiet_journal_begins_no_segments(folder: Path, passed: PassedFile) -> None:
    clock = SetClock()
    async with LogAppender(folder, passed=passed, now_ms=clock) as journal:
        for _ in range(5):
            clock.now_ms += 48 * HOUR_MS
            await journal.maintain()
    assert len(segment_numbers(folder)) == 1


async def test_an_emptied_journal_is_numbered_behind_all_that_cursors_ever_passed(
    folder: Path, passed: PassedFile
) -> None:
    await passed.release(Position(NOON_MS + 5, 32, 1000))
    clock = SetClock()
    async with LogAppender(folder, passed=passed, now_ms=clock) as journal:
        assert journal.usage().newest.segment > NOON_MS + 5


async def test_its_limit_holds_on_the_volume(folder: Path, passed: PassedFile) -> None:
    async with LogAppender(folder, passed=passed) as journal:
        await journal.append(several(3))
        used = sum(path.stat().st_size for path in _segment_files(folder))
        assert journal.usage().used_bytes == used


def _segment_files(folder: Path) -> list[Path]:
    return list(folder.glob("*.log"))
