"""Events are written a few at a time, and wait where they can't be for want of a key."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from okta_hooks.dispatch.backoff import Backoff
from okta_hooks.dispatch.circuit import Circuit
from okta_hooks.dispatch.preparation import Preparation
from okta_hooks.dispatch.writing import Writing
from okta_hooks.formats import Arrival, FormatSettings, format_of
from samples.dispatch import ORIGIN, ScriptedSink, a_bench, event, events, until


async def test_pauses_a_sink_whose_key_for_pseudonyms_is_missing_until_it_is_there(tmp_path: Path) -> None:
    key = tmp_path / "key"
    settings = FormatSettings(pseudonymise=("content",), pseudonym_key_file=str(key))
    async with a_bench(tmp_path) as bench:
        assignment = bench.assignment("siem", sink := ScriptedSink())
        worker = await bench.begin(replace(assignment, format=format_of(settings, ORIGIN)))
        await bench.journal.append([event(1)])
        await until(lambda: worker.holdup is not None)
        assert worker.holdup
        assert worker.holdup.paused
        assert str(key) in worker.holdup.reason
        assert not await bench.dead_letters("siem")

        await asyncio.to_thread(key.write_bytes, b"k" * 32)
        await until(lambda: sink.taken == ["uuid-1"] and worker.holdup is None)


class CountingFormat:
    """Counts what it wrote."""

    def __init__(self) -> None:
        self.written = 0

    def render(self, event: bytes, _: Arrival) -> bytes:
        self.written += 1
        return event


async def test_others_have_a_turn_while_a_large_batch_is_written() -> None:
    writer = CountingFormat()
    circuit = Circuit("siem", Backoff(timedelta(1), timedelta(1)), random.Random())
    seen = list[int]()

    async def other() -> None:
        while writer.written < 100:
            seen.append(writer.written)
            await asyncio.sleep(0)

    prepared, _ = await asyncio.gather(Writing(Preparation(writer), circuit).prepare(events(100)), other())
    assert [each.outgoing.uuid for each in prepared.events] == [f"uuid-{number}" for number in range(100)]
    assert seen == list(range(10, 100, 10))
