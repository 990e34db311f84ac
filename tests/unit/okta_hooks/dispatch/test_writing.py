"""Events that can't be written for want of a key."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from okta_hooks.formats import FormatSettings, format_of
from samples.dispatch import ORIGIN, ScriptedSink, a_bench, event, until


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
