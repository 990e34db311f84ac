"""What a sink is given again: dead letters, and what was received in a time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okta_hooks.dispatch.dead_letters import Selection
from okta_hooks.dispatch.replays import MOST_AT_ONCE, Replay, ReplayState, TooManyReplays
from okta_hooks.dispatch.source import BatchLimits
from okta_hooks.journal import BEGINNING, LogReader, Record
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import Answer, Delivered, Judged, Outgoing, RefusedForGood
from samples.dispatch import Bench, PickySink, ScriptedSink, a_bench, event, events, routed, until

ALL_TIME = (0, 2**62)
TWO = BatchLimits(2, 1 << 20, timedelta(0))


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


def uuids(*numbers: int) -> list[str]:
    return [f"uuid-{number}" for number in numbers]


async def order(bench: Bench, sink: str, *, time: tuple[int, int] = ALL_TIME, route: str | None = None) -> int:
    """Ask for a replay of the whole journal; its number."""
    await bench.indexed()
    wanted = Replay(0, sink, route, *time, BEGINNING, BEGINNING, bench.indexing.place, 1)
    (begun,) = await bench.own.requests.replays.request([wanted])
    bench.own.requests.ring(sink)
    return begun.id


async def ended(bench: Bench, number: int) -> Replay:
    """A replay, once it has ended."""
    while (replay := await bench.own.requests.replays.one(number)) is None or replay.state is ReplayState.RUNNING:
        await until_something_moves()
    return replay


async def until_something_moves() -> None:
    moved = False

    def again() -> bool:
        nonlocal moved
        moved, before = True, moved
        return before

    await until(again)


class Recorder:
    """Takes everything, and remembers how it was written."""

    def __init__(self) -> None:
        self.paths: list[tuple[str, str]] = []

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        self.paths += [(outgoing.uuid, json.loads(outgoing.payload)["path"]) for outgoing in batch]
        return Delivered()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Recorder]:
        yield self


async def test_gives_everything_again_with_the_same_key_and_another_path(bench: Bench) -> None:
    await bench.journal.append([*events(3), event(1)])
    await bench.start("siem", sink := Recorder(), limits=TWO)
    await bench.caught_up("siem")
    replay = await ended(bench, await order(bench, "siem"))
    assert sink.paths[3:] == [(uuid, "replay") for uuid in uuids(0, 1, 2)]
    assert (replay.state, replay.delivered) == (ReplayState.DONE, 3)


async def test_leaves_the_cursor_and_its_counts_alone(bench: Bench) -> None:
    await bench.journal.append(events(3))
    await bench.start("siem", ScriptedSink())
    await bench.caught_up("siem")
    before = bench.own.ledger.cursors["siem"]
    await ended(bench, await order(bench, "siem"))
    assert bench.own.ledger.cursors["siem"] == before


async def test_gives_only_what_was_received_in_the_time(bench: Bench) -> None:
    await bench.journal.append([Record(str(number), b"{}", number) for number in range(10)])
    await bench.start("siem", sink := ScriptedSink(), limits=TWO)
    await bench.caught_up("siem")
    await ended(bench, await order(bench, "siem", time=(3, 6)))
    assert sink.taken[10:] == ["3", "4", "5"]


async def test_gives_only_what_the_sink_s_routes_take_or_the_one_that_is_named(bench: Bench) -> None:
    apps, users = Record("a", b'{"eventType":"app.x"}', 1), Record("b", b'{"eventType":"user.x"}', 2)
    await bench.journal.append([apps, users, Record("c", b'{"eventType":"zone.x"}', 3)])
    routes = [
        RouteSettings(name="apps", event_types=("app.*",), sinks=("siem",)),
        RouteSettings(name="users", event_types=("user.*",), sinks=("siem",)),
    ]
    assignment = replace(bench.assignment("siem", sink := ScriptedSink()), routes=routed(*routes))
    await bench.begin(assignment)
    await bench.caught_up("siem")
    await ended(bench, await order(bench, "siem"))
    await ended(bench, await order(bench, "siem", route="users"))
    assert sink.taken == ["a", "b", "a", "b", "b"]


async def test_goes_on_after_a_new_start(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(3))
        await bench.start("siem", ScriptedSink())
        await bench.caught_up("siem")
        number = await order(bench, "removed for now")
    async with a_bench(tmp_path) as bench:
        await bench.start("removed for now", sink := ScriptedSink())
        replay = await ended(bench, number)
    assert replay.delivered == 3
    assert sorted(sink.taken) == sorted(uuids(0, 1, 2) * 2)


async def test_what_the_sink_refuses_for_good_is_a_dead_letter(bench: Bench) -> None:
    await bench.journal.append(events(2))
    refusing = Judged((RefusedForGood("too long"), Delivered()))
    await bench.indexed()
    await bench.start("siem", ScriptedSink(Delivered(), refusing))
    await bench.caught_up("siem")
    replay = await ended(bench, await order(bench, "siem"))
    assert (replay.delivered, replay.dead_letters) == (1, 1)
    assert [letter.reason for letter in await bench.dead_letters("siem")] == ["too long"]


async def test_one_that_ends_in_what_the_sink_refuses_whole_is_done_though_no_other_event_comes(bench: Bench) -> None:
    await bench.journal.append(events(1))
    worker = await bench.start("siem", sink := PickySink())
    await bench.caught_up("siem")
    sink.bad = set(uuids(0))
    replay = await ended(bench, await order(bench, "siem"))
    assert (replay.state, replay.dead_letters) == (ReplayState.DONE, 1)
    assert [letter.reason for letter in await bench.dead_letters("siem")] == ["HTTP 400"]
    await until(lambda: worker.holdup is None)


async def test_one_that_the_sink_refuses_altogether_makes_no_dead_letters_but_waits(bench: Bench) -> None:
    await bench.journal.append(events(101))
    worker = await bench.start("siem", sink := PickySink(), limits=BatchLimits(10, 1 << 20, timedelta(0)))
    await bench.caught_up("siem")
    sink.bad = set(uuids(*range(101)))
    number = await order(bench, "siem")
    await until(lambda: worker.holdup is not None)
    sink.bad = set()
    replay = await ended(bench, number)
    assert (replay.delivered, replay.dead_letters) == (101, 0)


async def test_one_that_is_cancelled_gives_no_more(bench: Bench) -> None:
    await bench.journal.append(events(101))
    await bench.indexed()
    worker = await bench.start("siem", sink := PickySink())
    await bench.caught_up("siem")
    sink.bad = set(uuids(*range(101)))  # so many that it would wait for ever
    number = await order(bench, "siem")
    await until(lambda: worker.holdup is not None)
    await bench.own.requests.replays.cancel(number, now_ns=7)
    await until(lambda: worker.holdup is None)
    replay = await bench.own.requests.replays.one(number)
    assert replay
    assert (replay.state, replay.ended_ns) == (ReplayState.CANCELLED, 7)


async def test_more_than_a_few_at_once_are_refused_all_or_none(bench: Bench) -> None:
    replay = Replay(0, "siem", None, *ALL_TIME, BEGINNING, BEGINNING, BEGINNING, 1)
    with pytest.raises(TooManyReplays, match=f"0 replays are under way and {MOST_AT_ONCE + 1} more are too many"):
        await bench.own.requests.replays.request([replay] * (MOST_AT_ONCE + 1))
    assert await bench.own.requests.replays.all() == []


async def a_dead_letter(bench: Bench, sink: ScriptedSink | PickySink | Recorder) -> None:
    """Two events, the first a dead letter of the sink."""
    await bench.journal.append(events(2))
    await bench.indexed()
    await bench.start("siem", sink)
    await bench.caught_up("siem")


async def replayed(bench: Bench) -> None:
    """Have the sink's dead letters given again, and return once that has happened."""
    assert await bench.own.requests.dead_letters.replay(Selection(("siem",))) == 1
    bench.own.requests.ring("siem")
    while await bench.own.requests.dead_letters.to_replay("siem", limit=1):
        await until_something_moves()


async def test_a_dead_letter_that_the_sink_takes_now_is_none_any_more(bench: Bench) -> None:
    sink = ScriptedSink(Judged((RefusedForGood("too long"), Delivered())))
    await a_dead_letter(bench, sink)
    await replayed(bench)
    assert sink.taken == uuids(0)
    assert await bench.dead_letters("siem") == []


async def test_one_that_is_refused_again_stays_with_the_new_reason(bench: Bench) -> None:
    again = Judged((RefusedForGood("still too long"),))
    await a_dead_letter(bench, ScriptedSink(Judged((RefusedForGood("too long"), Delivered())), again))
    await replayed(bench)
    (letter,) = await bench.dead_letters("siem")
    assert (letter.reason, letter.attempts) == ("still too long", 2)


async def test_one_that_is_refused_without_a_word_stays_too_and_holds_nothing_up(bench: Bench) -> None:
    sink = PickySink(0)
    await a_dead_letter(bench, sink)
    await replayed(bench)
    await bench.journal.append(events(1, first=2))
    await bench.caught_up("siem")
    assert sink.taken == uuids(1, 2)
    assert len(await bench.dead_letters("siem")) == 1


async def test_letters_that_are_refused_again_do_not_make_the_sink_wait(bench: Bench) -> None:
    sink = PickySink(*range(30))
    await bench.journal.append(events(31))
    await bench.indexed()
    worker = await bench.start("siem", sink)
    await bench.caught_up("siem")
    before = {letter.record.uuid: letter.attempts for letter in await bench.dead_letters("siem")}
    await bench.own.requests.dead_letters.replay(Selection(("siem",)))
    bench.own.requests.ring("siem")
    while await bench.own.requests.dead_letters.to_replay("siem", limit=1):
        assert worker.holdup is None
        await until_something_moves()
    after = {letter.record.uuid: letter.attempts for letter in await bench.dead_letters("siem")}
    assert len(after) == 30
    assert all(after[uuid] > before[uuid] for uuid in before)


async def test_letters_are_given_again_in_batches_of_the_sink_s_size(bench: Bench) -> None:
    large = [Record(uuid, b'"%s"' % (b"x" * 1000), 1) for uuid in uuids(0, 1, 2)]
    await bench.journal.append(large)
    await bench.indexed()
    refusing = Judged((RefusedForGood("x"),) * 2)
    sink = ScriptedSink(refusing, Judged((RefusedForGood("x"),)))
    await bench.start("siem", sink, limits=BatchLimits(100, 2100, timedelta(0)))
    await bench.caught_up("siem")
    sink.batches.clear()
    await bench.own.requests.dead_letters.replay(Selection(("siem",)))
    bench.own.requests.ring("siem")
    while await bench.own.requests.dead_letters.to_replay("siem", limit=1):
        await until_something_moves()
    assert sink.batches == [uuids(0, 1), uuids(2)]


async def test_one_that_is_discarded_while_it_is_given_again_does_not_come_back(bench: Bench) -> None:
    await a_dead_letter(bench, PickySink(0))
    letters = bench.own.requests.dead_letters
    await letters.replay(Selection(("siem",)))
    replayed = await letters.to_replay("siem", limit=1)
    await letters.discard(Selection(("siem",)))
    await letters.settle(replayed, [each.letter for each in replayed])
    assert await bench.dead_letters("siem") == []


async def test_one_that_is_discarded_is_gone(bench: Bench) -> None:
    await a_dead_letter(bench, PickySink(0))
    letters = bench.own.requests.dead_letters
    assert await letters.discard(Selection(("siem",), ("uuid-1",))) == 0
    assert await letters.discard(Selection(("siem",), ("uuid-0",))) == 1
    assert await letters.counts() == {}


async def test_the_journal_knows_between_which_places_a_time_lies(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(3))
        reader = LogReader(tmp_path / "journal")
        oldest, newest = await reader.bounds()
        began_ns = oldest.segment * 1_000_000
        an_hour_ns = 3_600_000_000_000
        assert await reader.between(began_ns, began_ns + an_hour_ns) == (oldest, newest)
        assert await reader.between(began_ns - 2 * an_hour_ns, began_ns - an_hour_ns) == (oldest, newest)
