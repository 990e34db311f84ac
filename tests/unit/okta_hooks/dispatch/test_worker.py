"""Feeding one sink: everything once, in order, and the cursor behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.judging import Holdup
from okta_hooks.dispatch.source import BatchLimits
from okta_hooks.journal import BEGINNING, ArrivalPath, Record
from okta_hooks.sinks import Delivered, Judged, Paused, RefusedForGood, Retry
from samples.dispatch import Bench, ScriptedSink, StuckSink, a_bench, event, events, until


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


def uuids(*numbers: int) -> list[str]:
    return [f"uuid-{number}" for number in numbers]


async def test_delivers_everything_in_order_and_moves_the_cursor(bench: Bench) -> None:
    await bench.journal.append(events(5))
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert sink.taken == uuids(0, 1, 2, 3, 4)
    assert bench.own.ledger.cursors["siem"].delivered == 5


async def test_batches_hold_no_more_events_than_configured(bench: Bench) -> None:
    await bench.journal.append(events(5))
    await bench.indexed()
    await bench.start("siem", sink := ScriptedSink(), limits=BatchLimits(2, 1 << 20, timedelta(0)))
    await bench.caught_up("siem")
    assert [len(batch) for batch in sink.batches] == [2, 2, 1]


async def test_a_batch_is_not_kept_waiting_when_its_first_event_is_old(bench: Bench) -> None:
    await bench.journal.append(events(1))
    await bench.start("siem", sink := ScriptedSink(), limits=BatchLimits(100, 1 << 20, timedelta(hours=1)))
    await bench.caught_up("siem")
    assert sink.taken == uuids(0)


async def test_a_repeated_event_goes_out_once(bench: Bench) -> None:
    await bench.journal.append([*events(2), event(0), event(2), event(1)])
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert sink.taken == uuids(0, 1, 2)


async def test_the_first_of_two_events_with_one_uuid_and_other_content_stays(bench: Bench) -> None:
    await bench.journal.append([event(0), event(0, content="edited"), event(1)])
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert sink.taken == uuids(0, 1)


async def test_what_has_no_uuid_goes_to_no_sink(bench: Bench) -> None:
    await bench.journal.append([Record("", b"\xff", 1), event(1)])
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert sink.taken == uuids(1)


async def test_a_batch_that_is_all_repeats_is_passed_without_asking_the_sink(bench: Bench) -> None:
    await bench.journal.append(events(1))
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    await bench.journal.append([event(0), event(0)])
    await bench.caught_up("siem")
    assert sink.batches == [uuids(0)]


async def test_a_batch_is_tried_until_the_sink_takes_it(bench: Bench) -> None:
    await bench.journal.append(events(2))
    await bench.indexed()
    await bench.start("siem", sink := ScriptedSink(Retry("busy"), Retry("busy"), Paused("wrong token")))
    await bench.caught_up("siem")
    assert sink.batches == [uuids(0, 1)] * 4
    assert await bench.dead_letters("siem") == []


async def test_only_what_is_not_settled_is_tried_again(bench: Bench) -> None:
    await bench.journal.append(events(3))
    await bench.indexed()
    mixed = Judged((Delivered(), Retry("busy"), RefusedForGood("too long")))
    await bench.start("siem", sink := ScriptedSink(mixed))
    await bench.caught_up("siem")
    assert sink.batches == [uuids(0, 1, 2), uuids(1)]
    assert bench.own.ledger.cursors["siem"].delivered == 2


async def test_what_is_refused_for_good_is_kept_with_the_reason(bench: Bench) -> None:
    await bench.journal.append(events(2))
    await bench.indexed()
    await bench.start("siem", ScriptedSink(Retry("busy"), Judged((RefusedForGood("too long"), Delivered()))))
    await bench.caught_up("siem")
    (letter,) = await bench.dead_letters("siem")
    assert (letter.record, letter.reason, letter.attempts) == (event(0), "too long", 2)


async def test_what_can_not_be_written_in_the_format_is_kept_too(bench: Bench) -> None:
    await bench.journal.append([Record("u", b"{\n", 1, ArrivalPath.POLL, "d"), event(1)])
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert sink.taken == uuids(1)
    (letter,) = await bench.dead_letters("siem")
    assert letter.record.uuid == "u"


async def test_a_sink_s_own_mistake_counts_as_not_now(bench: Bench) -> None:
    await bench.journal.append(events(1))
    await bench.start("siem", sink := ScriptedSink(KeyError("oops")))
    await bench.caught_up("siem")
    assert sink.taken == uuids(0)


async def test_says_why_a_sink_is_held_up(bench: Bench) -> None:
    await bench.journal.append(events(1))
    await bench.own.ledger.begin("siem", BEGINNING)
    an_hour = Backoff(timedelta(hours=1), timedelta(hours=1))
    worker = bench.worker("siem", ScriptedSink(Paused("the token is wrong")), backoff=an_hour)
    bench.tasks.create_task(worker.run())
    await until(lambda: worker.holdup is not None)
    assert worker.holdup == Holdup("the token is wrong", paused=True)


async def test_a_sink_that_takes_events_again_is_not_held_up_any_more(bench: Bench) -> None:
    await bench.journal.append(events(1))
    worker = await bench.start("siem", ScriptedSink(Paused("the token is wrong")))
    await bench.caught_up("siem")
    assert worker.holdup is None


async def test_a_sink_that_never_answers_holds_no_other_back(bench: Bench) -> None:
    await bench.start("stuck", stuck := StuckSink())
    await bench.start("siem", sink := ScriptedSink())
    await bench.journal.append(events(3))
    await bench.caught_up("siem")
    assert sink.taken == uuids(0, 1, 2)
    stuck.may_answer.set()


async def test_started_again_it_goes_on_behind_what_was_delivered(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(2))
        await bench.start("siem", ScriptedSink())
        await bench.caught_up("siem")
    async with a_bench(tmp_path) as bench:
        await bench.journal.append([event(1), event(2)])
        await bench.start("siem", sink := ScriptedSink())
        await bench.caught_up("siem")
    assert sink.taken == uuids(2)


async def test_what_the_sink_takes_while_the_dispatcher_ends_is_written_down(tmp_path: Path) -> None:
    stuck = StuckSink()
    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(2))
        await bench.start("siem", stuck)
        await stuck.asked.wait()
        bench.tasks.create_task(answer_once_cancelled(stuck))
        await asyncio.sleep(0)  # lets that task begin
    async with a_bench(tmp_path) as bench:
        assert bench.own.ledger.cursors["siem"].delivered > 0


async def answer_once_cancelled(stuck: StuckSink) -> None:
    """Let a sink answer when everything ends."""
    try:
        await asyncio.Event().wait()
    finally:
        stuck.may_answer.set()
