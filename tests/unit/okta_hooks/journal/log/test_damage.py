"""What can't be read any more is reported, to the record, and reading goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okta_hooks.journal import BEGINNING, LogLimits, LogReader
from okta_hooks.journal.log.segment import HEADER_BYTES, segment_numbers, segment_path
from okta_hooks.journal.log.watermark import watermark_path
from samples.journal import numbered, read_all, several
from unit.okta_hooks.journal.log.written_logs import NOON_MS, last_segment, started_writer, write

MINUTE_MS = 60_000
RECORDS_A_SEGMENT = 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of four segments of five records, begun one minute after another."""
    with started_writer(tmp_path, limits=LogLimits(segment_bytes=100)) as (writer, _):
        for group in range(4):
            records = several(RECORDS_A_SEGMENT, first=RECORDS_A_SEGMENT * group)
            write(writer, records, now_ms=NOON_MS + group * MINUTE_MS)
    return tmp_path


def segments(folder: Path) -> list[Path]:
    return [segment_path(folder, number) for number in segment_numbers(folder)]


def flip(file: Path, offset: int) -> None:
    content = bytearray(file.read_bytes())
    content[offset] ^= 1
    file.write_bytes(content)


def overwrite(file: Path, offset: int, data: bytes) -> None:
    content = bytearray(file.read_bytes())
    content[offset : offset + len(data)] = data
    file.write_bytes(content)


def all_but(*numbers: int) -> list[int]:
    return [number for number in range(4 * RECORDS_A_SEGMENT) if number not in numbers]


async def read_numbers(folder: Path) -> tuple[list[int], list[int | None]]:
    """The numbers of the records that can be read, and how many are reported lost."""
    reading = await read_all(LogReader(folder))
    return [record.received_ns for record in reading.records], [lost.records for lost in reading.lost]


async def test_a_whole_log_reports_no_loss(folder: Path) -> None:
    assert await read_numbers(folder) == (all_but(), [])


async def test_a_damaged_record_costs_no_other(folder: Path) -> None:
    second = segments(folder)[1]
    flip(second, second.stat().st_size // 2)
    assert await read_numbers(folder) == (all_but(7), [1])


async def test_records_on_both_sides_of_a_damaged_part_are_read(folder: Path) -> None:
    entries = (await read_all(LogReader(folder))).entries
    begin, end = entries[6].at.offset, entries[8].at.offset + 20
    overwrite(segments(folder)[1], begin, bytes(number % 256 for number in range(end - begin)))
    assert await read_numbers(folder) == (all_but(6, 7, 8), [3])


async def test_of_two_damaged_records_in_a_segment_both_are_counted(folder: Path) -> None:
    second = (await read_all(LogReader(folder))).entries[RECORDS_A_SEGMENT : 2 * RECORDS_A_SEGMENT]
    for entry in (second[1], second[3]):
        flip(segments(folder)[1], entry.at.offset + 20)
    reading = await read_all(LogReader(folder))
    assert [record.received_ns for record in reading.records] == all_but(6, 8)
    assert sum(lost.records or 0 for lost in reading.lost) == 2


async def test_a_damaged_header_costs_nothing(folder: Path) -> None:
    flip(segments(folder)[1], 20)
    assert await read_numbers(folder) == (all_but(), [])


async def test_a_segment_of_garbage_costs_itself(folder: Path) -> None:
    second = segments(folder)[1]
    second.write_bytes(bytes(range(256)) * 20)
    assert await read_numbers(folder) == (all_but(*range(5, 10)), [5])


async def test_a_missing_segment_is_noticed(folder: Path) -> None:
    segments(folder)[1].unlink()
    assert await read_numbers(folder) == (all_but(*range(5, 10)), [5])


async def test_a_segment_cut_between_two_records_is_noticed(folder: Path) -> None:
    first_of_second = (await read_all(LogReader(folder))).entries[RECORDS_A_SEGMENT]
    with segments(folder)[1].open("r+b") as file:
        file.truncate(first_of_second.after.offset)
    assert await read_numbers(folder) == (all_but(*range(6, 10)), [4])


async def test_damage_in_the_growing_segment_costs_no_other_record(folder: Path) -> None:
    flip(last_segment(folder), HEADER_BYTES + 20)
    assert await read_numbers(folder) == (all_but(15), [1])


async def test_a_cursor_in_the_growing_segment_goes_on_behind_the_damage(folder: Path) -> None:
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS) as (writer, _):
        write(writer, several(2, first=20))
        flip(last_segment(folder), HEADER_BYTES + 20)
        cursor = (await read_all(LogReader(folder))).next
        write(writer, [numbered(22)])
        assert (await read_all(LogReader(folder), cursor)).records == [numbered(22)]


async def test_a_damaged_header_of_the_oldest_segment_costs_nothing_either(folder: Path) -> None:
    flip(segments(folder)[0], 20)
    assert await read_numbers(folder) == (all_but(), [])
    assert (await LogReader(folder).bounds()).oldest.segment == NOON_MS


async def test_what_the_oldest_segment_begins_with_is_missed_too(folder: Path) -> None:
    overwrite(segments(folder)[0], 0, bytes(HEADER_BYTES + 20))
    assert await read_numbers(folder) == (all_but(0), [1])


async def test_a_loss_names_its_file_and_the_time_to_fill_back(folder: Path) -> None:
    second = segments(folder)[1]
    flip(second, second.stat().st_size // 2)
    (lost,) = (await read_all(LogReader(folder))).lost
    begun = datetime.fromtimestamp(NOON_MS / 1000, UTC)
    assert lost.where == str(second.with_suffix(".damaged"))
    assert lost.since <= begun + timedelta(minutes=1)
    assert lost.until == begun + timedelta(minutes=2)


async def test_recovery_sets_a_segment_with_a_damaged_acknowledged_end_aside(folder: Path) -> None:
    damaged = last_segment(folder)
    flip(damaged, damaged.read_bytes().rstrip(b"\0").__len__() - 5)
    content = damaged.read_bytes().rstrip(b"\0")
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS) as (_, recovery):
        (aside,) = recovery.damaged
    assert (aside.stem, aside.suffix) == (damaged.stem, ".damaged")
    assert aside.read_bytes().startswith(content)
    assert await read_numbers(folder) == (all_but(19), [1])


async def test_recovery_sets_a_segment_with_a_damaged_header_aside(folder: Path) -> None:
    flip(segments(folder)[1], 20)
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS) as (_, recovery):
        assert [path.stem for path in recovery.damaged] == [segments(folder)[1].stem]
    assert await read_numbers(folder) == (all_but(), [])


async def test_what_was_set_aside_last_is_counted_at_the_next_start_though_the_watermark_is_gone(folder: Path) -> None:
    flip(last_segment(folder), last_segment(folder).read_bytes().rstrip(b"\0").__len__() - 5)
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS):
        pass
    last_segment(folder).unlink()
    watermark_path(folder).unlink()
    with started_writer(folder, now_ms=NOON_MS + 20 * MINUTE_MS) as (writer, _):
        assert writer.end.sequence == 19


async def test_a_half_written_watermark_is_no_news(folder: Path) -> None:
    flip(watermark_path(folder), 9)
    assert (await read_all(LogReader(folder))).entries == ()


async def test_recovery_makes_up_for_a_watermark_that_is_gone(folder: Path) -> None:
    watermark_path(folder).unlink()
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS):
        assert await read_numbers(folder) == (all_but(), [])


async def test_a_cursor_that_is_ahead_of_an_old_watermark_waits_and_loses_nothing(folder: Path) -> None:
    old_watermark = watermark_path(folder).read_bytes()
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS) as (writer, _):
        write(writer, several(2, first=20))
    cursor = (await read_all(LogReader(folder))).next
    watermark_path(folder).write_bytes(old_watermark)
    assert (await read_all(LogReader(folder), cursor)).next == cursor
    with started_writer(folder, now_ms=NOON_MS + 20 * MINUTE_MS) as (writer, _):
        write(writer, [numbered(22)])
    reading = await read_all(LogReader(folder), cursor)
    assert (reading.records, reading.lost) == ([numbered(22)], ())


async def test_a_cursor_from_before_the_journal_was_emptied_is_told_and_reads_all_that_is_new(folder: Path) -> None:
    cursor = (await read_all(LogReader(folder))).next
    for path in [*segments(folder), watermark_path(folder)]:
        path.unlink()
    with started_writer(folder, now_ms=NOON_MS + 10 * MINUTE_MS) as (writer, _):
        write(writer, several(3, first=100))
    reading = await read_all(LogReader(folder), cursor)
    assert reading.records == several(3, first=100)
    assert [lost.records for lost in reading.lost] == [None]


async def test_segments_are_numbered_upwards_though_the_clock_goes_back(folder: Path) -> None:
    with started_writer(folder, now_ms=NOON_MS - 90 * MINUTE_MS) as (writer, _):
        write(writer, [numbered(20)], now_ms=NOON_MS - 90 * MINUTE_MS)
    reading = await read_all(LogReader(folder))
    assert (reading.records, reading.lost) == (several(21), ())


async def test_starting_again_and_again_leaves_no_empty_segments(folder: Path) -> None:
    for start in range(5):
        with started_writer(folder, now_ms=NOON_MS + (10 + start) * MINUTE_MS):
            pass
    assert len(segments(folder)) == 5


async def test_reading_from_the_beginning_of_an_aged_log_is_no_loss(folder: Path) -> None:
    segments(folder)[0].unlink()
    reading = await read_all(LogReader(folder), BEGINNING)
    assert (reading.records, reading.lost) == (several(15, first=5), ())
