"""How a sink may be told to be served: by routes, from a time on, at a rate, several batches at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okta_hooks.dispatch.source import BatchLimits
from okta_hooks.dispatch.tallies import Counted, Tally
from okta_hooks.journal import Record
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import Answer, Delivered, Outgoing
from samples.dispatch import Bench, PickySink, ScriptedSink, a_bench, events, routed, until

ONE_BY_ONE = BatchLimits(1, 1 << 20, timedelta(0))
NOON_NS = 1_769_860_800_000_000_000


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


def typed(uuid: str, event_type: str, *, published: str = "2026-01-31T12:00:00Z") -> Record:
    event = b'{"eventType":"%s","published":"%s"}' % (event_type.encode(), published.encode())
    return Record(uuid, event, NOON_NS)


async def test_a_sink_gets_what_its_routes_take_and_the_rest_is_counted(bench: Bench) -> None:
    await bench.journal.append([typed("a", "user.session.start"), typed("b", "app.x"), typed("c", "user.session.end")])
    routes = routed(RouteSettings(name="sign-ins", event_types=("user.session.*",), sinks=("siem",)))
    await bench.begin(replace(bench.assignment("siem", sink := ScriptedSink()), routes=routes))
    await bench.caught_up("siem")
    assert sink.taken == ["a", "c"]
    assert bench.own.ledger.cursors["siem"].tallies == {Tally(Counted.UNROUTED): 1}


async def test_what_a_route_has_no_answer_for_goes_out_and_is_counted(bench: Bench) -> None:
    await bench.journal.append([typed("a", "user.session.start")])
    routes = routed(RouteSettings(name="zoned", when="event.client.zone == 'x'", sinks=("siem",)))
    worker = await bench.begin(replace(bench.assignment("siem", sink := ScriptedSink()), routes=routes))
    await bench.caught_up("siem")
    assert sink.taken == ["a"]
    assert bench.own.ledger.cursors["siem"].tallies == {Tally(Counted.FAILED, "zoned"): 1}
    assert worker.route_failures == {"zoned": 'Key not found in map : "client"'}


async def test_what_a_wrong_route_would_have_looked_at_is_counted(bench: Bench) -> None:
    await bench.journal.append([typed("a", "user.session.start"), typed("b", "app.x")])
    routes = routed(RouteSettings(name="broken", event_types=("user.*",), when="1 +", sinks=("siem",)))
    await bench.begin(replace(bench.assignment("siem", ScriptedSink()), routes=routes))
    await bench.caught_up("siem")
    tallies = bench.own.ledger.cursors["siem"].tallies
    assert tallies == {Tally(Counted.UNDECIDED, "broken"): 1, Tally(Counted.UNROUTED): 2}


async def test_counts_survive_a_new_start(tmp_path: Path) -> None:
    routes = routed(RouteSettings(name="apps", event_types=("app.*",), sinks=("siem",)))
    for uuid in ("a", "b"):
        async with a_bench(tmp_path) as bench:
            await bench.journal.append([typed(uuid, "user.session.start")])
            await bench.begin(replace(bench.assignment("siem", ScriptedSink()), routes=routes))
            await bench.caught_up("siem")
    async with a_bench(tmp_path) as bench:
        assert bench.own.ledger.cursors["siem"].tallies == {Tally(Counted.UNROUTED): 2}


async def test_what_was_published_before_its_time_is_not_for_a_sink(bench: Bench) -> None:
    old = typed("a", "x", published="2026-01-31T11:59:59.999Z")
    await bench.journal.append([old, typed("b", "x"), typed("c", "x", published="not a time")])
    await bench.begin(replace(bench.assignment("siem", sink := ScriptedSink()), start_at_ns=NOON_NS))
    await bench.caught_up("siem")
    assert sink.taken == ["b", "c"]
    assert bench.own.ledger.cursors["siem"].tallies == {Tally(Counted.EARLY): 1}


async def test_a_batch_holds_no_more_than_what_may_pass_in_a_second(bench: Bench) -> None:
    paced = replace(bench.assignment("siem", ScriptedSink()), max_rate=3.7)
    assert paced.paced_limits.max_events == 3


async def test_one_bad_event_in_a_batch_becomes_the_only_dead_letter(bench: Bench) -> None:
    await bench.journal.append(events(50))
    await bench.indexed()
    await bench.start("siem", sink := PickySink(17))
    await bench.caught_up("siem")
    (letter,) = await bench.dead_letters("siem")
    assert (letter.record.uuid, letter.reason) == ("uuid-17", "HTTP 400")
    assert sink.taken == [f"uuid-{number}" for number in range(50) if number != 17]
    assert bench.own.ledger.cursors["siem"].delivered == 49


async def test_an_event_that_is_refused_alone_waits_for_a_later_one_that_is_taken(bench: Bench) -> None:
    await bench.journal.append(events(1))
    worker = await bench.start("siem", sink := PickySink(0))
    await until(lambda: worker.holdup is not None)
    assert await bench.dead_letters("siem") == []
    await bench.journal.append(events(1, first=1))
    await bench.caught_up("siem")
    assert [letter.record.uuid for letter in await bench.dead_letters("siem")] == ["uuid-0"]
    assert sink.taken == ["uuid-1"]
    assert worker.holdup is None


async def test_a_sink_that_refuses_everything_is_paused_and_loses_nothing(bench: Bench) -> None:
    await bench.journal.append(events(30))
    await bench.indexed()
    worker = await bench.start("siem", sink := PickySink(*range(40)))
    await until(lambda: worker.holdup is not None)
    assert worker.holdup
    assert worker.holdup.paused
    sink.bad.clear()
    await bench.caught_up("siem")
    assert sink.taken == [f"uuid-{number}" for number in range(30)]
    assert await bench.dead_letters("siem") == []


class Crossing:
    """Answers the second batch before the first."""

    def __init__(self) -> None:
        self._second = asyncio.Event()
        self.taken: list[str] = []
        self.let_first = asyncio.Event()

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        if batch[0].uuid == "uuid-0":
            await self.let_first.wait()
        self.taken += [outgoing.uuid for outgoing in batch]
        return Delivered()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Crossing]:
        yield self


async def test_with_several_batches_on_their_way_the_cursor_waits_for_the_first(bench: Bench) -> None:
    await bench.journal.append(events(4))
    await bench.indexed()
    sink = Crossing()
    await bench.begin(replace(bench.assignment("siem", sink, limits=ONE_BY_ONE), concurrency=2))
    await until(lambda: len(sink.taken) >= 2)
    assert bench.own.ledger.cursors["siem"].delivered == 0
    sink.let_first.set()
    await bench.caught_up("siem")
    assert sorted(sink.taken) == ["uuid-0", "uuid-1", "uuid-2", "uuid-3"]
    assert bench.own.ledger.cursors["siem"].delivered == 4


async def test_measures_how_long_events_took(bench: Bench) -> None:
    await bench.journal.append([typed("a", "x"), typed("b", "x", published="not a time")])
    worker = await bench.start("siem", ScriptedSink())
    await bench.caught_up("siem")
    assert worker.latencies.received_to_acknowledged.cumulative[-1] == ("+Inf", 2)
    assert worker.latencies.published_to_received.cumulative[0] == ("0.01", 1)
    assert worker.latencies.published_to_acknowledged.cumulative[-1] == ("+Inf", 1)
