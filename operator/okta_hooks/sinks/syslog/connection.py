"""One connection to a receiver of syslog, and what may be known of what was written to it.

Syslog has no answers. What is known is the end of a connection: a receiver that closes it in order, after we have
closed our side, has read everything. For TLS that takes both sides' `close_notify` (RFC 5425, 4.4). asyncio's own TLS
does not tell that from a connection that was cut, and in TLS 1.3 a receiver that does not take our certificate says so
only after it has let us write. So TLS is done here, between asyncio's bytes and ours.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

_AT_ONCE = 1 << 16


class Closed(Exception):
    """The other side has closed the connection: what was written may not have been read."""


class Connection(Protocol):
    """A connection."""

    async def is_open(self) -> bool:
        """Whether the other side has not closed it, as far as this machine has heard."""
        ...

    async def write(self, data: bytes) -> None:
        """Write, until the kernel has everything.

        Raises:
            Closed: The other side closed it meanwhile.
            OSError: It was lost.
        """
        ...

    async def finish(self) -> None:
        """Close it, and wait until the other side has closed it too, having read everything.

        Raises:
            Closed: It was cut.
            OSError: The same, or the other side says that something is wrong.
        """
        ...

    def abandon(self) -> None:
        """Close it at once."""
        ...


async def connected(host: str, port: int, context: ssl.SSLContext | None) -> Connection:
    """Connect.

    Args:
        host: To whom.
        port: Where.
        context: For TLS; None for a connection in clear.

    Raises:
        OSError: It can't be.
    """
    reader, writer = await asyncio.open_connection(host, port)
    clear = ClearConnection(reader, writer)
    if context is None:
        return clear
    secured = TlsConnection(clear, context, host)
    try:
        await secured.agree()
    except BaseException:
        secured.abandon()
        raise
    return secured


class ClearConnection:
    """A connection of TCP.

    Args:
        reader: Of what comes.
        writer: Of what goes.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        # so that to drain means that the kernel has everything
        writer.transport.set_write_buffer_limits(0)

    async def is_open(self) -> bool:
        """See `Connection`."""
        while (data := await self.heard()) is not None:
            if not data:
                return False
        return not self._writer.is_closing()

    async def write(self, data: bytes) -> None:
        """See `Connection`."""
        await self.send(data)
        if not await self.is_open():
            raise Closed

    async def send(self, data: bytes) -> None:
        """Write, whether or not the other side still reads."""
        self._writer.write(data)
        await self._writer.drain()

    async def read(self) -> bytes:
        """What comes next; nothing at its end."""
        return await self._reader.read(_AT_ONCE)

    async def heard(self) -> bytes | None:
        """What has come; nothing at its end, None where it goes on."""
        try:
            async with asyncio.timeout(0):
                return await self.read()
        except TimeoutError:
            return None
        except OSError:
            return b""

    async def finish(self) -> None:
        """See `Connection`."""
        self._writer.write_eof()
        while await self.read():
            pass
        self._writer.close()

    def abandon(self) -> None:
        """See `Connection`."""
        self._writer.transport.abort()


class TlsConnection:
    """A connection of TLS.

    Args:
        clear: What carries it.
        context: What it is made with.
        host: Who has to be there.
    """

    def __init__(self, clear: ClearConnection, context: ssl.SSLContext, host: str) -> None:
        self._clear = clear
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)

    async def agree(self) -> None:
        """Agree on keys with whoever proves to be the host.

        Raises:
            Closed: The other side closed the connection.
            OSError: They do not agree.
        """
        await self._until_done(self._tls.do_handshake)

    async def is_open(self) -> bool:
        """See `Connection`."""
        while (data := await self._clear.heard()) is not None:
            if not data:
                return False
            self._incoming.write(data)
        try:
            return not self._has_ended()
        except ssl.SSLWantReadError:
            return True
        except ssl.SSLError:
            return False

    async def write(self, data: bytes) -> None:
        """See `Connection`."""
        self._tls.write(data)
        await self._send()
        if not await self.is_open():
            raise Closed

    async def finish(self) -> None:
        """See `Connection`."""
        with suppress(ssl.SSLWantReadError):
            if self._has_ended():
                raise Closed
        # With nothing left to read, this says our `close_notify`, and leaves it to what follows to read the other one:
        # OpenSSL would take an alert for it.
        with suppress(ssl.SSLWantReadError):
            self._tls.unwrap()
        await self._until_done(self._has_ended)
        self._clear.abandon()

    def abandon(self) -> None:
        """See `Connection`."""
        self._clear.abandon()

    def _has_ended(self) -> bool:
        """True once the other side has said its `close_notify`; until then what is missing is asked for."""
        try:
            while self._tls.read(_AT_ONCE):
                pass
        except ssl.SSLZeroReturnError:
            pass
        return True

    async def _until_done(self, step: Callable[[], object]) -> None:
        """Take a step again and again, until nothing from the other side is missing for it."""
        while True:
            try:
                step()
            except ssl.SSLWantReadError:
                await self._send()
                if not (data := await self._clear.read()):
                    raise Closed from None
                self._incoming.write(data)
            else:
                return await self._send()

    async def _send(self) -> None:
        if data := self._outgoing.read():
            await self._clear.send(data)
