"""One worker a sink, as configured now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from okta_hooks.dispatch.batching import Batching
from okta_hooks.dispatch.configuration import Configuration, SinkConfiguration
from okta_hooks.dispatch.fleet import Fleet, SinkRouting
from okta_hooks.dispatch.passing import Passing
from okta_hooks.dispatch.replays import Replay, ReplayState
from okta_hooks.dispatch.worker import SinkWorker
from okta_hooks.formats import Origin
from okta_hooks.journal import BEGINNING, Position
from okta_hooks.routing import RouteSettings
from okta_hooks.sinks import StdoutSettings
from samples.dispatch import Bench, ScriptedSink, a_bench, events, routed


class Harbour:
    """A fleet whose sinks remember what they took."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.fleet = Fleet(bench.tasks, bench.own.ledger, self._recruit)
        self.sinks: dict[str, ScriptedSink] = {}
        self.recruited: list[str] = []

    async def configure(
        self,
        *names: str,
        removed: tuple[str, ...] = (),
        awaited: tuple[str, ...] = (),
        passed: Position = BEGINNING,
        max_events: int = 500,
        routes: tuple[RouteSettings, ...] = (),
    ) -> None:
        batch = Batching(max_events=max_events)
        sinks = tuple(SinkConfiguration(name=name, to=StdoutSettings(), batch=batch) for name in names)
        configuration = Configuration(
            org="https://acme.okta.com", sinks=sinks, removed_sinks=removed, awaited_sinks=awaited, routes=routes
        )
        await self.fleet.apply(configuration, passed=passed, newest=self.bench.journal.usage().newest)

    def _recruit(self, sink: SinkConfiguration, origin: Origin, routing: SinkRouting) -> SinkWorker:
        assert origin.org
        self.recruited.append(sink.name)
        assignment = self.bench.assignment(sink.name, self.sinks.setdefault(sink.name, ScriptedSink()))
        return self.bench.assigned(replace(assignment, routes=None if routing is None else routed(*routing)))


@pytest.fixture
async def harbour(tmp_path: Path) -> AsyncIterator[Harbour]:
    async with a_bench(tmp_path) as bench:
        yield Harbour(bench)


async def test_every_sink_gets_every_event(harbour: Harbour) -> None:
    await harbour.bench.journal.append(events(3))
    await harbour.configure("one", "two")
    await harbour.bench.caught_up("one", "two")
    assert harbour.sinks["one"].taken == harbour.sinks["two"].taken == ["uuid-0", "uuid-1", "uuid-2"]


async def test_a_sink_that_stays_as_it_is_does_not_notice(harbour: Harbour) -> None:
    await harbour.configure("one")
    await harbour.configure("one", "two")
    assert harbour.recruited == ["one", "two"]


async def test_a_sink_that_changes_goes_on_at_its_cursor(harbour: Harbour) -> None:
    await harbour.configure("one")
    await harbour.bench.journal.append(events(2))
    await harbour.bench.caught_up("one")
    await harbour.configure("one", max_events=7)
    await harbour.bench.journal.append(events(1, first=2))
    await harbour.bench.caught_up("one")
    assert harbour.recruited == ["one", "one"]
    assert harbour.sinks["one"].taken == ["uuid-0", "uuid-1", "uuid-2"]


def route(name: str, *sinks: str, types: str = "user.*") -> RouteSettings:
    return RouteSettings(name=name, event_types=(types,), sinks=sinks)


async def test_a_change_of_routes_restarts_only_those_to_whom_they_lead(harbour: Harbour) -> None:
    await harbour.configure("one", "two", routes=(route("users", "one"), route("rest", "two")))
    await harbour.configure("one", "two", routes=(route("users", "one"), route("rest", "two", types="app.*")))
    assert harbour.recruited == ["one", "two", "two"]


async def test_a_route_that_leads_to_one_more_sink_restarts_that_one_alone(harbour: Harbour) -> None:
    await harbour.configure("one", "two", routes=(route("users", "one"),))
    await harbour.configure("one", "two", routes=(route("users", "one", "two"),))
    assert harbour.recruited == ["one", "two", "two"]


async def test_the_first_route_leaves_nothing_to_sinks_that_it_does_not_lead_to(harbour: Harbour) -> None:
    await harbour.configure("one", "two")
    await harbour.configure("one", "two", routes=(route("none of these", "one"),))
    await harbour.bench.journal.append(events(2))
    await harbour.bench.caught_up("one", "two")
    assert harbour.sinks["two"].taken == []
    assert harbour.recruited == ["one", "two", "one", "two"]


async def test_a_new_sink_begins_where_every_other_has_passed(harbour: Harbour) -> None:
    await harbour.bench.journal.append(events(2))
    passed = harbour.bench.journal.usage().newest
    await harbour.configure("one", passed=passed)
    await harbour.bench.journal.append(events(1, first=2))
    await harbour.bench.caught_up("one")
    assert harbour.sinks["one"].taken == ["uuid-2"]


async def test_a_sink_that_is_gone_with_a_backlog_keeps_its_cursor(harbour: Harbour) -> None:
    await harbour.bench.own.ledger.begin("one", BEGINNING)
    await harbour.bench.journal.append(events(2))
    await harbour.configure()
    await harbour.configure("one", passed=harbour.bench.journal.usage().newest)
    await harbour.bench.caught_up("one")
    assert harbour.sinks["one"].taken == ["uuid-0", "uuid-1"]


async def test_a_sink_that_is_gone_with_a_backlog_is_forgotten_when_told(harbour: Harbour) -> None:
    await harbour.bench.own.ledger.begin("one", BEGINNING)
    await harbour.bench.journal.append(events(1))
    await harbour.configure(removed=("one",))
    assert "one" not in harbour.bench.own.ledger.cursors


async def test_a_sink_that_has_had_everything_may_go_without_a_word(harbour: Harbour) -> None:
    await harbour.bench.journal.append(events(1))
    await harbour.configure("one")
    await harbour.bench.caught_up("one")
    await harbour.configure()
    assert "one" not in harbour.bench.own.ledger.cursors


async def no_one() -> tuple[str, ...]:
    return ()


async def test_the_journal_may_drop_what_the_slowest_sink_has_passed(harbour: Harbour) -> None:
    passing = Passing(harbour.bench.own.passed, harbour.bench.indexing, harbour.bench.own.ledger, yielding=no_one)
    await harbour.bench.own.ledger.begin("removed but not given up", BEGINNING)
    await harbour.bench.journal.append(events(2))
    await harbour.bench.indexed()
    await passing.tell()
    assert harbour.bench.own.passed.read() == BEGINNING


async def test_without_sinks_the_journal_may_drop_what_is_indexed(harbour: Harbour) -> None:
    passing = Passing(harbour.bench.own.passed, harbour.bench.indexing, harbour.bench.own.ledger, yielding=no_one)
    await harbour.bench.journal.append(events(2))
    await harbour.bench.indexed()
    await passing.tell()
    assert harbour.bench.own.passed.read() == harbour.bench.journal.usage().newest


async def test_a_sink_that_is_awaited_gets_what_came_meanwhile_though_it_had_had_everything(harbour: Harbour) -> None:
    await harbour.configure("one")
    await harbour.bench.journal.append(events(1))
    await harbour.bench.caught_up("one")
    await harbour.configure(awaited=("one",))
    await harbour.bench.journal.append(events(1, first=1))
    await harbour.bench.indexed()
    await harbour.configure("one", passed=harbour.bench.journal.usage().newest)
    await harbour.bench.caught_up("one")
    assert harbour.sinks["one"].taken == ["uuid-0", "uuid-1"]


async def test_what_a_removed_sink_was_to_be_given_again_is_cancelled(harbour: Harbour) -> None:
    replays = harbour.bench.own.requests.replays
    for sink in ("one", "two"):
        await harbour.bench.own.ledger.begin(sink, BEGINNING)
        await replays.request([Replay(0, sink, None, 0, 1, BEGINNING, BEGINNING, BEGINNING, 1)])
    await harbour.bench.journal.append(events(1))
    await harbour.configure(removed=("one",))
    assert [replay.state for replay in await replays.all()] == [ReplayState.CANCELLED, ReplayState.RUNNING]
