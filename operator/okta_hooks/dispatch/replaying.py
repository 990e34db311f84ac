"""What a sink is given again because somebody asked for it, between the batches of live events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Never

from okta_hooks.dispatch.batch import Outcome
from okta_hooks.dispatch.bisecting import Search
from okta_hooks.dispatch.courier import Courier, Load
from okta_hooks.dispatch.dead_letters import DeadLetters
from okta_hooks.dispatch.replays import Replay, Replays, ReplayState
from okta_hooks.dispatch.source import BatchLimits, Source
from okta_hooks.dispatch.writing import Writing

_ROUNDS_AT_ITS_END = 5
"""So often the last events of a replay are tried that are refused alone; in a quiet time no live event would ever show
that the sink takes others. Few can be left then, and each is kept as a dead letter."""


class Requests:
    """What is to be given again, as it is kept, and a bell for each sink that has some."""

    def __init__(self, dead_letters: DeadLetters, replays: Replays) -> None:
        self.dead_letters = dead_letters
        self.replays = replays
        self._bells: dict[str, asyncio.Event] = {}

    def ring(self, sink: str) -> None:
        """There is something for a sink."""
        self.bell(sink).set()

    def bell(self, sink: str) -> asyncio.Event:
        """What is set while there may be something for a sink."""
        return self._bells.setdefault(sink, asyncio.Event())


class ReplayLane:
    """Gives again to one sink: dead letters first, then replays in the order in which they were asked for.

    Args:
        sink: The sink's name.
        requests: What to give.
        source: Where events of replays come from.
        limits: When a batch is complete.
        prepare: What becomes of the record of a replay that has a route, or of another (None).
        letters: What becomes of the record of a dead letter.
        courier: Hands batches over, in turns with live ones.
        now_ns: Tells nanoseconds of Unix time.
    """

    def __init__(
        self,
        sink: str,
        requests: Requests,
        *,
        source: Source,
        limits: BatchLimits,
        prepare: Callable[[str | None], Writing],
        letters: Writing,
        courier: Courier,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._sink = sink
        self._requests = requests
        self._source = source
        self._limits = limits
        self._prepare = prepare
        self._letters = letters
        self._courier = courier
        self._now_ns = now_ns

    async def run(self) -> Never:
        """Give what there is, and what comes."""
        bell = self._requests.bell(self._sink)
        bell.set()  # what a former process was asked for
        while True:
            await bell.wait()
            bell.clear()
            while await self._some_letters() or await self._some_of_a_replay():
                pass

    async def _some_letters(self) -> bool:
        """Give some dead letters again; whether there were any."""
        kept = await self._requests.dead_letters.to_replay(
            self._sink, limit=self._limits.max_events, max_bytes=self._limits.max_bytes
        )
        if not kept:
            return False

        async def settle(outcome: Outcome) -> None:
            await self._requests.dead_letters.settle(kept, outcome.refused)

        prepared = await self._letters.prepare([each.letter.record for each in kept])
        for event in prepared.events:
            event.was_given_up = True
        load = Load(Search(prepared.events), prepared.outcome, settle)
        while await self._courier.attempt(load):
            pass
        return True

    async def _some_of_a_replay(self) -> bool:
        """Give a part of a replay; whether there is one."""
        replay = await self._requests.replays.next(self._sink)
        if replay is None:
            return False
        part = _Part(replay, self._requests.replays, self._now_ns)
        writing = self._prepare(replay.route)
        await self._read(part, writing)
        rounds = 0
        while await self._courier.attempt(part.load):
            if not await part.is_wanted():
                self._courier.leave()
                break
            if part.load.search.needs_others and part.is_read:
                rounds += 1
                if rounds == _ROUNDS_AT_ITS_END:
                    await self._courier.give_up(part.load)
                    break
            elif part.load.search.needs_others:
                await self._read(part, writing)
        return True

    async def _read(self, part: _Part, writing: Writing) -> None:
        replay = part.replay
        if part.is_read:
            return
        portion = await self._source.again(part.place, end=replay.last, limits=self._limits)
        records = [record for record in portion.records if replay.since_ns <= record.received_ns < replay.until_ns]
        prepared = await writing.prepare(records)
        part.load.search.add(prepared.events)
        part.load.outcome.add(prepared.outcome)
        part.place = portion.next if portion.next > part.place else replay.last


class _Part:
    """Events of a replay that are settled together."""

    def __init__(self, replay: Replay, replays: Replays, now_ns: Callable[[], int]) -> None:
        self.replay = replay
        self.place = replay.place
        self.load = Load(Search(()), Outcome(), self._settle)
        self._replays = replays
        self._now_ns = now_ns

    @property
    def is_read(self) -> bool:
        """Whether nothing of the replay is left to read."""
        return self.place >= self.replay.last

    async def is_wanted(self) -> bool:
        latest = await self._replays.one(self.replay.id)
        return latest is not None and latest.state is ReplayState.RUNNING

    async def _settle(self, outcome: Outcome) -> None:
        await self._replays.advance(self.replay, self.place, outcome, now_ns=self._now_ns())
