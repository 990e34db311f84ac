"""A sink that says `Skip` does not hold back a full journal, and knows what it has not had."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from okta_hooks.dispatch.configuration import Configuration, OnFull, SinkConfiguration
from okta_hooks.dispatch.fullness import Fullness
from okta_hooks.dispatch.passing import Passing
from okta_hooks.journal import BEGINNING, LogAppender, PassedFile
from okta_hooks.sinks import StdoutSettings
from samples.dispatch import Bench, ScriptedSink, a_bench, events

CONFIGURATION = Configuration(
    org="https://acme.okta.com",
    sinks=(
        SinkConfiguration(name="must", to=StdoutSettings()),
        SinkConfiguration(name="may", to=StdoutSettings(), on_full=OnFull.SKIP),
    ),
    journal_max_bytes=1000,
)


@pytest.mark.parametrize(("used", "yielding"), [(0, []), (899, []), (900, ["may"]), (1000, ["may"])])
async def test_who_says_so_yields_while_the_journal_is_nearly_full(used: int, yielding: list[str]) -> None:
    async def used_bytes() -> int:
        return used

    assert list(await Fullness(used_bytes, lambda: CONFIGURATION).yielding()) == yielding


async def test_who_yields_holds_nothing_back(tmp_path: Path) -> None:
    async def yielding() -> Collection[str]:
        return ["may"]

    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(2))
        await bench.indexed()
        await bench.own.ledger.begin("may", BEGINNING)
        passing = Passing(bench.own.passed, bench.indexing, bench.own.ledger, yielding=yielding)
        await passing.tell()
        assert bench.own.passed.read() == bench.journal.usage().newest


async def test_what_was_passed_over_is_not_taken_back_when_there_is_room_again(tmp_path: Path) -> None:
    skipping = ["may"]

    async def yielding() -> Collection[str]:
        return skipping

    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(2))
        await bench.indexed()
        await bench.own.ledger.begin("may", BEGINNING)
        told = bench.journal.usage().newest
        passing = Passing(bench.own.passed, bench.indexing, bench.own.ledger, yielding=yielding)
        await passing.tell()
        skipping.clear()
        await bench.journal.append(events(2, first=2))
        await bench.indexed()
        await passing.tell()
        assert bench.own.passed.read() == told
        after_a_restart = Passing(bench.own.passed, bench.indexing, bench.own.ledger, yielding=yielding)
        await after_a_restart.tell()
        assert bench.own.passed.read() == told


async def a_journal_that_dropped_what_a_sink_had_not_had(folder: Path) -> None:
    """The sink `late` has had one event of four, when their segment is dropped as the journal was let; two follow."""
    async with a_bench(folder) as bench:
        await bench.journal.append(events(1))
        await bench.start("late", ScriptedSink())
        await bench.caught_up("late")
    async with a_bench(folder) as bench:
        await bench.journal.append(events(3, first=1))
        await bench.indexed()
    async with LogAppender(folder / "journal", passed=PassedFile(folder / "own" / "passed")) as journal:
        await journal.append(events(2, first=4))
        await PassedFile(folder / "own" / "passed").release(journal.usage().newest)
    for segment in sorted((folder / "journal").glob("*.log"))[:-1]:
        segment.unlink()


async def late(bench: Bench) -> ScriptedSink:
    await bench.start("late", sink := ScriptedSink())
    await bench.caught_up("late")
    return sink


async def test_it_goes_on_behind_the_gap(tmp_path: Path) -> None:
    await a_journal_that_dropped_what_a_sink_had_not_had(tmp_path)
    async with a_bench(tmp_path) as bench:
        assert (await late(bench)).taken == ["uuid-4", "uuid-5"]


async def test_the_gap_is_written_down_for_a_refill(tmp_path: Path) -> None:
    await a_journal_that_dropped_what_a_sink_had_not_had(tmp_path)
    async with a_bench(tmp_path) as bench:
        await late(bench)
    async with a_bench(tmp_path) as bench:
        (gap,) = bench.own.ledger.cursors["late"].skipped
    assert gap.records == 3
    assert gap.since < gap.until


async def test_the_gap_counts_neither_as_lost_nor_as_never_seen(tmp_path: Path) -> None:
    await a_journal_that_dropped_what_a_sink_had_not_had(tmp_path)
    async with a_bench(tmp_path) as bench:
        await late(bench)
        assert (await bench.own.index.summary()).lost == ()
        assert await bench.own.index.unknown(["uuid-2"]) == []
