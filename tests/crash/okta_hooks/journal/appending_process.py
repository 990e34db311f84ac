"""A process that appends to a log as fast as it can, and tells of each delivery once it was acknowledged.

It ends when it is killed. A line on its output is a run's name, the delivery's number and how many records it had.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from okta_hooks.journal import LogAppender, LogLimits, PassedFile, Record

CONNECTIONS = 16


async def deliver(journal: LogAppender, run: str, connection: int) -> None:
    """Append one delivery after another."""
    for number in range(connection, sys.maxsize, CONNECTIONS):
        count = 1 + number % 3
        await journal.append([Record(f"{run}/{number}/{index}", b"x" * 700, number) for index in range(count)])
        os.write(sys.stdout.fileno(), f"{run} {number} {count}\n".encode())


async def append_for_ever(folder: Path, run: str) -> None:
    """Append on several connections at a time."""
    limits = LogLimits(segment_bytes=200_000)
    async with (
        LogAppender(folder, passed=PassedFile(folder / "passed"), limits=limits) as journal,
        asyncio.TaskGroup() as connections,
    ):
        for connection in range(CONNECTIONS):
            connections.create_task(deliver(journal, run, connection))


if __name__ == "__main__":
    asyncio.run(append_for_ever(Path(sys.argv[1]), sys.argv[2]))
