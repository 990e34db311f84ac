"""Recovery finds what was acknowledged, whatever became of the bytes behind it."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okta_hooks.journal import LogReader, Position, Record
from okta_hooks.journal.log import frame
from okta_hooks.journal.log.watermark import watermark_path
from okta_hooks.journal.payload import encode
from samples.journal import Reading, is_prefix, read_all, several, uuids
from unit.okta_hooks.journal.log.written_logs import last_segment, started_writer, write

ACKNOWLEDGED = several(6, size=10)
WRITTEN_ONLY = several(4, first=6, size=10)

Damage = Callable[[bytearray], None]


class StoppedLog:
    """A log whose process ended after it had written a group, and before the sync was done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        with started_writer(folder) as (writer, _):
            write(writer, ACKNOWLEDGED[:3])
        with started_writer(folder) as (writer, _):
            self.start = writer.end
            write(writer, ACKNOWLEDGED[3:])
            self.end = writer.end
        self.tail = _frames(WRITTEN_ONLY, self.end)
        self.file = last_segment(folder)
        self.content = self.file.read_bytes()[: self.end.offset]

    def found_after(self, content: bytes, *, knows_watermark: bool = True) -> Reading:
        """What a reader gets after recovery from a last segment with such a content."""
        work = self.folder.with_name("work")
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(self.folder, work)
        (work / self.file.name).write_bytes(content)
        if not knows_watermark:
            watermark_path(work).unlink()
        with started_writer(work):
            pass
        return asyncio.run(read_all(LogReader(work)))


def _frames(records: list[Record], at: Position) -> bytes:
    data = b""
    for payload in map(encode, records):
        data += frame.head(payload, segment=at.segment, offset=at.offset + len(data)) + payload
    return data


@pytest.fixture
def log(tmp_path: Path) -> StoppedLog:
    return StoppedLog(tmp_path / "log")


def is_found_again(reading: Reading) -> bool:
    """Whether all that was acknowledged is there, and of the rest only what stands directly behind it."""
    found = uuids(reading.records)
    return (
        not reading.lost
        and is_prefix(uuids(ACKNOWLEDGED), found)
        and is_prefix(found, uuids(ACKNOWLEDGED + WRITTEN_ONLY))
    )


def test_a_tail_cut_at_any_byte_takes_nothing_acknowledged(log: StoppedLog) -> None:
    cuts = range(len(log.tail) + 1)
    assert [cut for cut in cuts if not is_found_again(log.found_after(log.content + log.tail[:cut]))] == []


def test_a_tail_flipped_at_any_byte_takes_nothing_acknowledged(log: StoppedLog) -> None:
    failed = []
    for index in range(len(log.tail)):
        tail = bytearray(log.tail)
        tail[index] ^= 0x41
        if not is_found_again(log.found_after(log.content + bytes(tail))):
            failed.append(index)
    assert failed == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False), piece_bytes=st.integers(1, 100), knows_watermark=st.booleans())
def test_a_tail_in_any_order_takes_nothing_acknowledged(
    log: StoppedLog, *, chance: random.Random, piece_bytes: int, knows_watermark: bool
) -> None:
    pieces = [log.tail[begin : begin + piece_bytes] for begin in range(0, len(log.tail), piece_bytes)]
    pieces += [bytes(piece_bytes)] * 3
    chance.shuffle(pieces)
    assert is_found_again(log.found_after(log.content + b"".join(pieces), knows_watermark=knows_watermark))


def test_without_the_watermark_a_tail_cut_at_any_byte_takes_nothing_acknowledged(log: StoppedLog) -> None:
    cuts = range(0, len(log.tail) + 1, 3)
    contents = {cut: log.content + log.tail[:cut] for cut in cuts}
    assert [cut for cut in cuts if not is_found_again(log.found_after(contents[cut], knows_watermark=False))] == []


def _in_order(found: list[str]) -> bool:
    """Whether nothing stands out of its place, or twice."""
    return found == [uuid for uuid in uuids(ACKNOWLEDGED) if uuid in found]


def test_a_byte_that_is_damaged_costs_one_acknowledged_record_at_most_which_is_counted_as_lost(log: StoppedLog) -> None:
    failed = []
    for index in range(len(log.content)):
        content = bytearray(log.content)
        content[index] ^= 0x41
        reading = log.found_after(bytes(content))
        found = uuids(reading.records)
        lost = sum(lost.records or 0 for lost in reading.lost)
        if not _in_order(found) or len(found) + lost != len(ACKNOWLEDGED) or lost > 1:
            failed.append(index)
    assert failed == []


def test_acknowledged_bytes_that_are_gone_are_counted_as_lost_to_the_record(log: StoppedLog) -> None:
    failed = []
    for size in range(len(log.content)):
        reading = log.found_after(log.content[:size])
        found = uuids(reading.records)
        if not is_prefix(found, uuids(ACKNOWLEDGED)) or len(found) + sum(
            lost.records or 0 for lost in reading.lost
        ) != len(ACKNOWLEDGED):
            failed.append(size)
    assert failed == []


def test_what_comes_after_a_recovery_follows_what_was_found(log: StoppedLog) -> None:
    log.file.write_bytes(log.content + log.tail[:20])
    with started_writer(log.folder) as (writer, recovery):
        write(writer, several(2, first=100))
    assert recovery.cut_bytes == 20
    reading = asyncio.run(read_all(LogReader(log.folder)))
    assert uuids(reading.records) == uuids(ACKNOWLEDGED + several(2, first=100))
