"""Events and clocks as they should not be: every sink ends right."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okta_hooks.dispatch.latency import Histogram
from okta_hooks.dispatch.source import BatchLimits
from okta_hooks.formats import Arrival
from okta_hooks.journal import Record
from okta_hooks.routing import RouteSettings
from samples.dispatch import Bench, ScriptedSink, a_bench, event, events, routed

MEGABYTE = Record("large", b'{"eventType":"x","padding":"%s"}' % (b"x" * (1 << 20)), 1)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with a_bench(tmp_path) as bench:
        yield bench


async def test_an_event_that_is_larger_than_a_batch_goes_out_by_itself(bench: Bench) -> None:
    await bench.journal.append([event(0), MEGABYTE, event(1)])
    await bench.indexed()
    await bench.start("siem", sink := ScriptedSink(), limits=BatchLimits(100, 1000, timedelta(0)))
    await bench.caught_up("siem")
    assert sink.batches == [["uuid-0"], ["large"], ["uuid-1"]]


async def test_a_large_event_is_judged_by_routes_too(bench: Bench) -> None:
    await bench.journal.append([MEGABYTE])
    routes = routed(RouteSettings(name="x", when="size(event.padding) > 1000000", sinks=("siem",)))
    await bench.begin(replace(bench.assignment("siem", sink := ScriptedSink()), routes=routes))
    await bench.caught_up("siem")
    assert sink.taken == ["large"]


@pytest.mark.parametrize("text", [b"", b"null", b"[1]", b'"text"', b"\xff", b"{", b'{"a":' * 5000, b'{"a":\x00}'])
async def test_what_is_no_event_passes_and_holds_nothing_up(bench: Bench, text: bytes) -> None:
    routes = routed(RouteSettings(name="x", when="event.eventType == 'x'", sinks=("siem",)))
    await bench.journal.append([Record("odd", text, 1), Record("good", b'{"eventType":"x"}', 1)])
    await bench.begin(replace(bench.assignment("siem", sink := ScriptedSink()), routes=routes))
    await bench.caught_up("siem")
    letters = {letter.record.uuid for letter in await bench.dead_letters("siem")}
    assert {*sink.taken, *letters} == {"odd", "good"}
    assert "good" in sink.taken


class BrokenFormat:
    """Fails for one event as no format should."""

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        if b'"n":1' in event:
            raise ZeroDivisionError(arrival.path)
        return event


async def test_a_mistake_in_a_format_costs_only_the_event_that_shows_it(bench: Bench) -> None:
    await bench.journal.append(events(3))
    await bench.begin(replace(bench.assignment("siem", sink := ScriptedSink()), format=BrokenFormat()))
    await bench.caught_up("siem")
    assert sink.taken == ["uuid-0", "uuid-2"]
    (letter,) = await bench.dead_letters("siem")
    assert letter.reason.startswith("the format failed with ZeroDivisionError, which is a mistake in it")


async def test_events_from_the_future_are_not_waited_for(bench: Bench) -> None:
    tomorrow = time.time_ns() + 86_400_000_000_000
    await bench.journal.append([Record("u", b"{}", tomorrow)])
    await bench.start("siem", sink := ScriptedSink(), limits=BatchLimits(100, 1 << 20, timedelta(hours=1)))
    await bench.caught_up("siem")
    assert sink.taken == ["u"]


async def test_times_that_go_back_change_neither_order_nor_number(bench: Bench) -> None:
    await bench.journal.append([Record(str(number), b"{}", 10**18 - number) for number in range(5)])
    await bench.start("siem", sink := ScriptedSink())
    await bench.caught_up("siem")
    assert sink.taken == ["0", "1", "2", "3", "4"]


def test_a_duration_below_nothing_counts_as_none() -> None:
    histogram = Histogram()
    histogram.observe(-5_000_000_000)
    assert (histogram.cumulative[0], histogram.sum_seconds) == (("0.01", 1), 0)


async def test_a_cursor_file_that_is_gone_repeats_and_misses_nothing(tmp_path: Path) -> None:
    async with a_bench(tmp_path) as bench:
        await bench.journal.append(events(3))
        await bench.start("siem", ScriptedSink())
        await bench.caught_up("siem")
    for path in (tmp_path / "own").glob("ledger.db*"):
        path.unlink()
    async with a_bench(tmp_path) as bench:
        await bench.start("siem", sink := ScriptedSink())
        await bench.caught_up("siem")
    assert sink.taken == ["uuid-0", "uuid-1", "uuid-2"]
