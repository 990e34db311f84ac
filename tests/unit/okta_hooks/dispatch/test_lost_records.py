"""What can't be read any more is reported, forgotten, and may be brought again."""

from __future__ import annotations

from pathlib import Path

from okta_hooks.journal import BEGINNING, LogAppender, PassedFile, Position
from samples.dispatch import Bench, ScriptedSink, a_bench, event, events


def newest_segment(folder: Path) -> Path:
    return max((folder / "journal").glob("*.log"))


def damage(segment: Path, uuid: str) -> None:
    """Change a byte of the record of a uuid, so that it can't be read."""
    data = bytearray(segment.read_bytes())
    data[data.index(b'{"n":', data.index(uuid.encode())) + 2] ^= 0xFF
    segment.write_bytes(data)


async def a_log_damaged_behind_the_index(folder: Path) -> None:
    """Two segments, all indexed; one sink at the beginning, another at the end; then the first segment is damaged."""
    async with a_bench(folder) as bench:
        await bench.journal.append(events(4))
        await bench.own.ledger.begin("late", BEGINNING)
        await bench.start("quick", ScriptedSink())
        await bench.caught_up("quick")
    damage(newest_segment(folder), "uuid-2")
    async with LogAppender(folder / "journal", passed=PassedFile(folder / "own" / "passed")) as journal:
        await journal.append(events(2, first=4))


async def late(bench: Bench) -> ScriptedSink:
    await bench.start("late", sink := ScriptedSink())
    await bench.caught_up("late")
    return sink


async def test_a_sink_goes_on_behind_what_it_can_not_read(tmp_path: Path) -> None:
    await a_log_damaged_behind_the_index(tmp_path)
    async with a_bench(tmp_path) as bench:
        assert (await late(bench)).taken == ["uuid-0", "uuid-1", "uuid-3", "uuid-4", "uuid-5"]


async def test_the_loss_is_remembered_with_what_to_ask_the_system_log_for(tmp_path: Path) -> None:
    await a_log_damaged_behind_the_index(tmp_path)
    async with a_bench(tmp_path) as bench:
        await late(bench)
        (lost,) = (await bench.own.index.summary()).lost
    assert lost.range.records == 1
    assert lost.range.since < lost.range.until
    assert lost.range.where.endswith(".damaged")


async def test_what_was_lost_counts_as_never_seen(tmp_path: Path) -> None:
    await a_log_damaged_behind_the_index(tmp_path)
    async with a_bench(tmp_path) as bench:
        await late(bench)
        asked = [f"uuid-{number}" for number in range(6)]
        assert await bench.own.index.unknown(asked) == ["uuid-2"]


async def test_a_back_fill_brings_it_to_every_sink(tmp_path: Path) -> None:
    await a_log_damaged_behind_the_index(tmp_path)
    async with a_bench(tmp_path) as bench:
        sink = await late(bench)
        await bench.journal.append([event(2), event(3), event(4)])
        await bench.caught_up("late")
        assert sink.taken == ["uuid-0", "uuid-1", "uuid-3", "uuid-4", "uuid-5", "uuid-2"]


async def test_a_loss_is_told_until_the_journal_has_dropped_the_file(tmp_path: Path) -> None:
    await a_log_damaged_behind_the_index(tmp_path)
    async with a_bench(tmp_path) as bench:
        await late(bench)
        (lost,) = (await bench.own.index.summary()).lost
        await bench.own.index.prune(Position(lost.range.after.segment, 0, 0), before=BEGINNING)
        assert (await bench.own.index.summary()).lost == (lost,)
        await bench.own.index.prune(Position(lost.range.after.segment + 1, 0, 0), before=BEGINNING)
        assert (await bench.own.index.summary()).lost == ()


async def test_what_is_missing_of_a_loss_is_counted_until_it_has_come_again(tmp_path: Path) -> None:
    await a_log_damaged_behind_the_index(tmp_path)
    async with a_bench(tmp_path) as bench:
        await late(bench)
        assert [lost.missing for lost in (await bench.own.index.summary()).lost] == [1]
        await bench.journal.append([event(2)])
        await bench.indexed()
        assert [lost.missing for lost in (await bench.own.index.summary()).lost] == [0]


async def test_of_what_was_lost_before_it_was_indexed_nobody_knows_what_is_missing(tmp_path: Path) -> None:
    async with LogAppender(tmp_path / "journal", passed=PassedFile(tmp_path / "passed")) as journal:
        await journal.append(events(3))
    damage(newest_segment(tmp_path), "uuid-1")
    async with a_bench(tmp_path) as bench:
        await late(bench)
        assert [lost.missing for lost in (await bench.own.index.summary()).lost] == [None]
