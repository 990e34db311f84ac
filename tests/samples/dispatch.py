"""A dispatcher's parts around a journal in a folder, and sinks that do as they are told; for all tests of dispatch."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.dead_letters import DeadLetter
from okta_hooks.dispatch.ending import ending_together
from okta_hooks.dispatch.files import OwnFiles, open_own_files
from okta_hooks.dispatch.indexing import Indexing
from okta_hooks.dispatch.patience import PatientReader
from okta_hooks.dispatch.source import BatchLimits, Source
from okta_hooks.dispatch.worker import Assignment, SinkWorker
from okta_hooks.formats import OktaFormat, Origin
from okta_hooks.journal import BEGINNING, LogAppender, LogReader, PassedFile, Record
from okta_hooks.routing import Route, RouteSettings, SinkRoutes
from okta_hooks.sinks import Answer, Delivered, Outgoing, Refused, SinkSettings

ORIGIN = Origin("https://acme.okta.com", "who1", "prod", {})
AT_ONCE = BatchLimits(max_events=100, max_bytes=1 << 20, max_age=timedelta(0))
NO_WAIT = Backoff(timedelta(microseconds=1), timedelta(microseconds=1))


def event(number: int, *, content: str = "") -> Record:
    """The event of that number; with other content it is another event of the same uuid."""
    return Record(f"uuid-{number}", b'{"n":%d,"content":"%s"}' % (number, content.encode()), 1_700_000_000_000_000_000)


def events(count: int, *, first: int = 0) -> list[Record]:
    """Events numbered in a row."""
    return [event(number) for number in range(first, first + count)]


async def until(condition: Callable[[], bool]) -> None:
    """Return once something holds that tasks bring about."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 -- it depends on files as much as on tasks
            await asyncio.sleep(0.005)


def routed(*routes: RouteSettings) -> SinkRoutes:
    """What a sink gets by these routes."""
    return SinkRoutes(map(Route, routes))


class ScriptedSink:
    """Gives answers in turn, and takes everything after the last; an error in their place is raised.

    It is its own settings: opening it gives itself.
    """

    def __init__(self, *answers: Answer | Exception) -> None:
        self._answers = list(answers)
        self.batches: list[list[str]] = []
        self.taken: list[str] = []

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        uuids = [outgoing.uuid for outgoing in batch]
        self.batches.append(uuids)
        answer = self._answers.pop(0) if self._answers else Delivered()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Delivered):
            self.taken += uuids
        return answer

    @asynccontextmanager
    async def open(self) -> AsyncIterator[ScriptedSink]:
        yield self


class PickySink:
    """Refuses each batch that holds one of some events, without saying which."""

    def __init__(self, *bad: int) -> None:
        self.bad = {f"uuid-{number}" for number in bad}
        self.taken: list[str] = []

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        uuids = [outgoing.uuid for outgoing in batch]
        if self.bad.intersection(uuids):
            return Refused("HTTP 400")
        self.taken += uuids
        return Delivered()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[PickySink]:
        yield self


class StuckSink:
    """Never answers, until it is told to."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.may_answer = asyncio.Event()

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        assert batch
        self.asked.set()
        await self.may_answer.wait()
        return Delivered()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[StuckSink]:
        yield self


@dataclass
class Bench:
    """The parts."""

    journal: LogAppender
    own: OwnFiles
    indexing: Indexing
    source: Source
    tasks: asyncio.TaskGroup

    def worker(
        self, name: str, sink: SinkSettings, *, limits: BatchLimits = AT_ONCE, backoff: Backoff = NO_WAIT
    ) -> SinkWorker:
        """A worker that does not run yet."""
        return self.assigned(self.assignment(name, sink, limits=limits, backoff=backoff))

    def assignment(
        self, name: str, sink: SinkSettings, *, limits: BatchLimits = AT_ONCE, backoff: Backoff = NO_WAIT
    ) -> Assignment:
        """How a sink is fed, without routes or limits of its own."""
        return Assignment(name, sink, OktaFormat(ORIGIN), None, limits, backoff)

    def assigned(self, assignment: Assignment) -> SinkWorker:
        """The worker of an assignment, which does not run yet."""
        return SinkWorker(
            assignment,
            source=self.source,
            ledger=self.own.ledger,
            requests=self.own.requests,
            chance=random.Random(1),
        )

    async def start(self, name: str, sink: SinkSettings, *, limits: BatchLimits = AT_ONCE) -> SinkWorker:
        """A worker that runs, from the sink's cursor or the beginning."""
        return await self.begin(self.assignment(name, sink, limits=limits))

    async def begin(self, assignment: Assignment) -> SinkWorker:
        """The worker of an assignment, at work from the sink's cursor or the beginning."""
        await self.own.ledger.begin(assignment.name, BEGINNING)
        worker = self.assigned(assignment)
        self.tasks.create_task(worker.run())
        return worker

    async def dead_letters(self, sink: str) -> list[DeadLetter]:
        """What a sink refused for good, oldest first."""
        return [kept.letter for kept in await self.own.requests.dead_letters.page(sink=sink, limit=1000)]

    async def caught_up(self, *names: str) -> None:
        """Return once sinks have passed all that is in the journal."""
        end = self.journal.usage().newest
        cursors = self.own.ledger.cursors
        await until(lambda: all(cursors[name].place >= end for name in names))

    async def indexed(self) -> None:
        """Return once all that is in the journal is indexed."""
        end = self.journal.usage().newest
        await until(lambda: self.indexing.place >= end)


@asynccontextmanager
async def a_bench(folder: Path) -> AsyncIterator[Bench]:
    """Everything but sinks, at work; opened again it stands for the dispatcher started again."""
    own_folder = folder / "own"
    own_folder.mkdir(exist_ok=True)
    async with (
        LogAppender(folder / "journal", passed=PassedFile(own_folder / "passed")) as journal,
        open_own_files(own_folder) as own,
        ending_together() as tasks,
    ):
        reader = PatientReader(LogReader(folder / "journal", look_every=timedelta(milliseconds=2)))
        indexing = Indexing(reader, own.index, await own.index.cursor())
        tasks.create_task(indexing.run())
        yield Bench(journal, own, indexing, Source(reader, indexing, own.index, released=own.passed.read), tasks)
