"""The sink `stdout`, beyond what every sink keeps."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from okta_hooks.sinks import Delivered, Retry
from okta_hooks.sinks.stdout import StdoutSink
from samples.sinks import outgoing


async def test_waits_while_nobody_reads_and_goes_on_when_somebody_does() -> None:
    read_end, write_end = os.pipe()
    more_than_a_pipe_holds = outgoing("u", b"x" * 1_000_000)
    delivering = asyncio.create_task(StdoutSink(write_end).deliver([more_than_a_pipe_holds]))
    first = await asyncio.to_thread(os.read, read_end, 10)
    assert not delivering.done()
    text = first
    while len(text) < 1_000_001:
        text += await asyncio.to_thread(os.read, read_end, 1 << 16)
    assert await delivering == Delivered()
    os.close(read_end)
    os.close(write_end)


async def test_batches_that_are_written_at_once_tear_no_line_of_each_other() -> None:
    read_end, write_end = os.pipe()
    lines = [bytes([letter]) * 100_000 for letter in b"abcdefgh"]  # more than a pipe takes at once
    async with asyncio.TaskGroup() as writing:
        for line in lines:
            writing.create_task(StdoutSink(write_end).deliver([outgoing("u", line)]))
        text = b""
        while text.count(b"\n") < len(lines):
            text += await asyncio.to_thread(os.read, read_end, 1 << 16)
    assert sorted(text.splitlines()) == lines
    os.close(read_end)
    os.close(write_end)


async def test_batches_that_wait_for_a_reader_leave_threads_to_others() -> None:
    read_end, write_end = os.pipe()
    more_than_a_pipe_holds, waiting = outgoing("u", b"x" * 100_000), 40  # more than there are threads
    async with asyncio.TaskGroup() as writing:
        for _ in range(waiting):
            writing.create_task(StdoutSink(write_end).deliver([more_than_a_pipe_holds]))
        await asyncio.to_thread(os.read, read_end, 1)
        left = waiting * 100_001 - 1
        while left:
            left -= len(await asyncio.to_thread(os.read, read_end, 1 << 16))
    os.close(read_end)
    os.close(write_end)


async def test_writes_to_a_file_as_well(tmp_path: Path) -> None:
    with (tmp_path / "events").open("wb") as file:
        await StdoutSink(file.fileno()).deliver([outgoing("u", b"{}"), outgoing("v", b"[]")])
    assert (tmp_path / "events").read_bytes() == b"{}\n[]\n"


async def test_names_what_is_wrong_when_nobody_reads_any_more() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    answer = await StdoutSink(write_end).deliver([outgoing("u", b"{}")])
    os.close(write_end)
    assert answer == Retry("the output can't be written (Broken pipe): see what reads it")
