"""A bound on what waits to be written."""

from __future__ import annotations

import asyncio


class Admission:
    """Lets callers in, in the order they came, while what is inside stays below two bounds.

    What is larger than a bound gets in alone, so that it never waits for ever.

    Args:
        max_records: The most records inside at once.
        max_bytes: The most bytes inside at once.
    """

    def __init__(self, *, max_records: int, max_bytes: int) -> None:
        self._max_records = max_records
        self._max_bytes = max_bytes
        self._first_in_line = asyncio.Lock()
        self._changed = asyncio.Event()
        self.records = 0
        self.bytes = 0

    async def enter(self, records: int, size: int) -> None:
        """Wait until there is room for so many records and bytes, and take it."""
        async with self._first_in_line:
            while self.records and (self.records + records > self._max_records or self.bytes + size > self._max_bytes):
                self._changed.clear()
                await self._changed.wait()
            self.records += records
            self.bytes += size

    def leave(self, records: int, size: int) -> None:
        """Give room back."""
        self.records -= records
        self.bytes -= size
        self._changed.set()
