"""One connection to a receiver of syslog, and what may be known of what was written to it.

Syslog has no answers. A connection that the other side closed tells so to who reads from it; nothing else ever comes.
"""

from __future__ import annotations

import asyncio
import ssl


class Closed(Exception):
    """The other side has closed the connection: what was written may not have been read."""


class Connection:
    """A connection.

    Args:
        reader: Of what comes, which is only its end.
        writer: Of messages.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def made(cls, host: str, port: int, context: ssl.SSLContext | None) -> Connection:
        """Connect.

        Raises:
            OSError: It can't be.
        """
        reader, writer = await asyncio.open_connection(host, port, ssl=context)
        # so that to drain means that the kernel has everything
        writer.transport.set_write_buffer_limits(0)
        return cls(reader, writer)

    @property
    def is_open(self) -> bool:
        """Whether the other side has not closed it, as far as this machine has heard."""
        return not (self._reader.at_eof() or self._writer.is_closing() or self._reader.exception())

    async def write(self, data: bytes) -> None:
        """Write, until the kernel has everything.

        Raises:
            Closed: The other side closed it meanwhile.
            OSError: It was lost.
        """
        self._writer.write(data)
        await self._writer.drain()
        await asyncio.sleep(0)  # what came in meanwhile, such as its end, is heard now
        if not self.is_open:
            raise Closed

    async def finish(self) -> None:
        """Close it, and wait until the other side has closed it too, having read everything.

        Raises:
            OSError: It did not close it in order, or not in time.
        """
        if self._writer.can_write_eof():
            self._writer.write_eof()
            await self._reader.read()
        self._writer.close()
        await self._writer.wait_closed()

    def abandon(self) -> None:
        """Close it at once."""
        self._writer.transport.abort()
