"""Which events came: counted once, whatever happens to the index or the journal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from okta_hooks.dispatch.index import Outcome
from okta_hooks.journal import ArrivalPath, Position, Record
from samples.dispatch import Bench, ScriptedSink, a_bench, event, events


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


async def counts(bench: Bench) -> dict[str, int]:
    await bench.indexed()
    summary = await bench.own.index.summary()
    return {outcome: sum(paths.values()) for outcome, paths in summary.events.items() if paths}


async def test_counts_each_event_once(bench: Bench) -> None:
    await bench.journal.append([*events(3), event(1), event(1)])
    assert await counts(bench) == {"unique": 3, "repeat": 2}


async def test_counts_by_the_way_they_came(bench: Bench) -> None:
    await bench.journal.append([event(0), Record("other", b"{}", 1, ArrivalPath.BACKFILL)])
    await bench.indexed()
    summary = await bench.own.index.summary()
    assert summary.events[Outcome.UNIQUE] == {ArrivalPath.HOOK: 1, ArrivalPath.BACKFILL: 1}


async def test_the_same_uuid_with_other_content_is_held_back_and_counted(bench: Bench) -> None:
    await bench.journal.append([event(0), event(0, content="edited")])
    assert await counts(bench) == {"unique": 1, "differs": 1}


async def test_the_same_content_in_another_spelling_is_a_repeat(bench: Bench) -> None:
    again = Record("uuid-0", b'{ "content": "", "n": 0 }', 5, ArrivalPath.BACKFILL)
    await bench.journal.append([event(0), again])
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert {outcome: count for outcome, count in (await counts(bench)).items() if count} == {"unique": 1, "repeat": 1}
    assert sink.taken == ["uuid-0"]


async def test_what_has_no_uuid_is_held_back_and_counted(bench: Bench) -> None:
    await bench.journal.append([Record("", b"\xff", 1), Record("", b"\xff", 1)])
    assert await counts(bench) == {"unreadable": 2}


async def test_counts_survive_a_new_start(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([*events(3), event(1)])
        await bench.indexed()
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([event(2), event(3)])
        assert await counts(bench) == {"unique": 4, "repeat": 2}


async def test_is_made_again_from_the_journal_when_it_is_gone(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([*events(3), event(1)])
        await bench.start("siem", ScriptedSink())
        await bench.caught_up("siem")
    for path in (tmp_path / "own").glob("index.db*"):
        path.unlink()
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([event(0), event(3)])
        await bench.start("siem", sink := ScriptedSink())
        await bench.caught_up("siem")
        assert await counts(bench) == {"unique": 4, "repeat": 2}
    assert sink.taken == ["uuid-3"]


async def test_tells_which_uuids_never_came_in_the_order_of_the_question(bench: Bench) -> None:
    await bench.journal.append(events(1200))
    await bench.indexed()
    asked = ["z", *(f"uuid-{number}" for number in range(1200)), "a"]
    assert await bench.own.index.unknown(asked) == ["z", "a"]


async def test_remembers_the_newest_event_s_time(bench: Bench) -> None:
    await bench.journal.append([Record("a", b"{}", 20), Record("b", b"{}", 10)])
    await bench.indexed()
    assert (await bench.own.index.summary()).last_received_ns == 20


async def test_forgets_what_came_in_old_segments_and_nothing_else(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([event(0)])
        await bench.indexed()
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([event(1)])
        await bench.indexed()
        newest = bench.indexing.place
        assert not await bench.own.index.prune(newest, before=Position(newest.segment, 0, 0))
        assert await bench.own.index.unknown(["uuid-0", "uuid-1"]) == ["uuid-0"]
