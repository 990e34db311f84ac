"""A process that reads a log while another one writes it: prints the uuids of so many records, then ends."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from okta_hooks.journal import BEGINNING, LogReader


async def read(folder: Path, count: int) -> None:
    """Read from the beginning, waiting for what is not there yet."""
    reader, cursor = LogReader(folder), BEGINNING
    while cursor.sequence < count:
        await reader.wait(cursor)
        batch = await reader.read(cursor, max_records=100, max_bytes=64 << 10)
        assert not batch.lost, batch.lost
        sys.stdout.writelines(f"{entry.record.uuid}\n" for entry in batch.entries)
        cursor = batch.next


if __name__ == "__main__":
    asyncio.run(read(Path(sys.argv[1]), int(sys.argv[2])))
