"""A reader in another process, while the log is written."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from okta_hooks.journal import LogAppender, LogLimits, PassedFile
from samples.journal import several, uuids
from unit.okta_hooks.journal.log import reading_process

GROUPS = 150


@asynccontextmanager
async def reading(folder: Path, count: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """A reader's process, ended with the block."""
    program = [sys.executable, str(reading_process.__file__), str(folder), str(count)]
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_reads_everything_in_order_across_segments_while_it_is_written(tmp_path: Path) -> None:
    records = several(GROUPS * 4, size=500)
    limits = LogLimits(segment_bytes=20_000)
    async with (
        reading(tmp_path / "log", len(records)) as reader,
        LogAppender(tmp_path / "log", passed=PassedFile(tmp_path / "passed"), limits=limits) as journal,
    ):
        for group in range(GROUPS):
            await journal.append(records[4 * group : 4 * group + 4])
        output, _ = await reader.communicate()
    assert output.decode().split() == uuids(records)
