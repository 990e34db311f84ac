"""A segment that can't be read whole gets a name that says so, and keeps its place in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from okta_hooks.journal import LogAppender, LogLimits, LogReader, PassedFile, Position
from okta_hooks.journal.log.reports import REPORTS_FILE, DamageReports
from okta_hooks.journal.log.segment import HEADER_BYTES, segment_numbers
from okta_hooks.journal.log.writer import LogWriter
from samples.journal import numbered, read_all, several, uuids
from unit.okta_hooks.journal.log.written_logs import NOON_MS, last_segment, started_writer, write

LATER_MS = NOON_MS + 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def flip(file: Path, offset: int) -> None:
    content = bytearray(file.read_bytes())
    content[offset] ^= 1
    file.write_bytes(content)


def sealed_and_growing(writer: LogWriter) -> None:
    """Three records in a segment that is full, and three in one that is written."""
    write(writer, several(3, size=200))
    write(writer, several(3, first=3), now_ms=LATER_MS)


async def found(folder: Path) -> tuple[Position, ...]:
    """What a reader finds that it can't read."""
    places: list[Position] = []
    await read_all(LogReader(folder, damaged=places.append))
    return tuple(places)


async def test_a_sealed_segment_is_set_aside_where_a_reader_met_damage(folder: Path) -> None:
    with started_writer(folder, limits=LogLimits(segment_bytes=300)) as (writer, _):
        sealed_and_growing(writer)
        (oldest, _) = segment_numbers(folder)
        flip(folder / f"{oldest:016d}.log", HEADER_BYTES + 20)
        writer.look_at(await found(folder), now_ms=LATER_MS)
        assert writer.damaged == (f"{oldest:016d}.damaged",)


async def test_the_segment_that_is_written_ends_where_it_is_damaged_and_a_new_one_begins(folder: Path) -> None:
    with started_writer(folder) as (writer, _):
        write(writer, several(3))
        growing = last_segment(folder)
        flip(growing, HEADER_BYTES + 20)
        writer.look_at(await found(folder), now_ms=LATER_MS)
        write(writer, [numbered(3)], now_ms=LATER_MS)
        assert writer.damaged == (f"{growing.stem}.damaged",)
        assert last_segment(folder).stem > growing.stem
    assert uuids((await read_all(LogReader(folder))).records) == ["uuid-1", "uuid-2", "uuid-3"]


async def test_a_cursor_reads_on_in_what_was_set_aside_meanwhile(folder: Path) -> None:
    with started_writer(folder) as (writer, _):
        places = write(writer, several(5))
        flip(last_segment(folder), places[3].offset + 20)
        cursor = (await LogReader(folder).read(places[0], max_records=1, max_bytes=1)).next
        writer.look_at(await found(folder), now_ms=LATER_MS)
        assert uuids((await read_all(LogReader(folder), cursor)).records) == ["uuid-1", "uuid-2", "uuid-4"]


async def test_every_cursor_goes_on_at_the_same_record_behind_damage(folder: Path) -> None:
    with started_writer(folder) as (writer, _):
        places = write(writer, several(3))
        flip(last_segment(folder), places[1].offset + 20)
        (early,) = (await read_all(LogReader(folder))).lost
        write(writer, several(3, first=3))
        writer.look_at(await found(folder), now_ms=LATER_MS)
        write(writer, several(3, first=6), now_ms=LATER_MS)
    (late,) = (await read_all(LogReader(folder))).lost
    assert (early.after, early.before) == (late.after, late.before)


@pytest.mark.parametrize("offset", [0, HEADER_BYTES])
def test_a_segment_that_is_whole_is_left_whatever_anybody_says(folder: Path, offset: int) -> None:
    with started_writer(folder) as (writer, _):
        write(writer, several(3))
        writer.look_at([Position(NOON_MS, offset, 0)], now_ms=LATER_MS)
        assert writer.damaged == ()


def test_what_is_said_of_a_segment_that_was_dropped_is_no_trouble(folder: Path) -> None:
    with started_writer(folder) as (writer, _):
        writer.look_at([Position(1, HEADER_BYTES, 0)], now_ms=LATER_MS)
        assert writer.damaged == ()


async def test_what_is_set_aside_goes_when_retention_drops_it(folder: Path) -> None:
    with started_writer(folder, limits=LogLimits(segment_bytes=300, keep_bytes=1)) as (writer, _):
        sealed_and_growing(writer)
        (oldest, _) = segment_numbers(folder)
        flip(folder / f"{oldest:016d}.log", HEADER_BYTES + 20)
        writer.look_at(await found(folder), now_ms=LATER_MS)
        writer.maintain(writer.end, now_ms=LATER_MS)
        assert (writer.damaged, len(segment_numbers(folder))) == ((), 1)


async def test_the_receiver_hears_of_it_beside_what_every_cursor_has_passed(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    reports = DamageReports(own / REPORTS_FILE)
    async with LogAppender(tmp_path / "journal", passed=PassedFile(own / "passed")) as log:
        await log.append(several(3))
        flip(last_segment(tmp_path / "journal"), HEADER_BYTES + 20)
        await read_all(LogReader(tmp_path / "journal", damaged=reports.tell))
        await log.maintain()
        assert len(log.usage().damaged) == 1


def test_a_word_is_said_once(tmp_path: Path) -> None:
    reports = DamageReports(tmp_path / REPORTS_FILE)
    for place in (Position(1, 2, 3), Position(4, 0, 0), Position(1, 2, 3)):
        reports.tell(place)
    assert reports.read() == (Position(1, 2, 3), Position(4, 0, 0))


def test_of_many_words_the_last_are_kept(tmp_path: Path) -> None:
    reports = DamageReports(tmp_path / REPORTS_FILE)
    for number in range(150):
        reports.tell(Position(number, 1, 1))
    assert [place.segment for place in reports.read()] == [*range(50, 150)]


def test_a_word_that_cannot_be_said_or_read_is_no_trouble(tmp_path: Path) -> None:
    reports = DamageReports(tmp_path / "gone" / REPORTS_FILE)
    reports.tell(Position(1, 2, 3))
    (tmp_path / REPORTS_FILE).write_bytes(b"\xff")
    assert (reports.read(), DamageReports(tmp_path / REPORTS_FILE).read()) == ((), ())
