"""The sink `stdout`: one line an event on the process's own output, for whatever collects the logs of containers.

The kernel took the line: that is all its answer means. What reads the other end (in Kubernetes the container runtime,
which writes a file) may lose it, and a process that is killed may leave the last line torn.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import msgspec

from okta_hooks.sinks.port import Answer, Delivered, Outgoing, Retry

_WRITING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stdout")
"""The process has one output, and so one thread that writes to it, whatever sinks and batches there are: two writes to
a pipe at once tear each other's lines, and those that wait for a reader must not take the threads that others need."""


class StdoutSink:
    """Writes lines to a file descriptor.

    Waits as long as nobody reads, in a thread for that alone: the descriptor can't be made non-blocking, since it
    shares that flag with other processes.

    Args:
        descriptor: Where to write.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """Write a line for each event."""
        lines = b"".join(b"%s\n" % event.payload for event in batch)
        try:
            await asyncio.get_running_loop().run_in_executor(_WRITING, self._write, memoryview(lines))
        except OSError as error:
            return Retry(f"the output can't be written ({error.strerror}): see what reads it")
        return Delivered()

    def _write(self, lines: memoryview) -> None:
        while lines:
            lines = lines[os.write(self._descriptor, lines) :]


class StdoutSettings(msgspec.Struct, frozen=True, tag_field="type", tag="stdout", forbid_unknown_fields=True):
    """What is configured of it: nothing."""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[StdoutSink]:
        """Write to the process's output, where nothing else may write."""
        yield StdoutSink(sys.stdout.fileno())
