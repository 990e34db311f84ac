"""Hands a batch over by syslog."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Sequence

from okta_hooks.sinks.mounted import NotMounted
from okta_hooks.sinks.port import Answer, Delivered, Outgoing, Paused, Refused, Retry
from okta_hooks.sinks.syslog.connection import Closed, Connection, connected
from okta_hooks.sinks.syslog.message import framed, size
from okta_hooks.sinks.syslog.settings import SyslogSettings
from okta_hooks.sinks.tls import Pem
from okta_hooks.sinks.verdicts import Verdict, together


class SyslogSink:
    """Writes messages.

    Args:
        settings: Where to, and how.
    """

    def __init__(self, settings: SyslogSettings) -> None:
        self._settings = settings
        self._header = settings.header
        self._host, self._port = settings.address
        self._secured: tuple[Pem, ssl.SSLContext] | None = None
        self._idle: list[Connection] = []

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """See `Sink`."""
        frames = [framed(event, self._header) for event in batch]
        fitting = [frame for frame in frames if self._fits(frame)]
        taken = await self._sent(b"".join(fitting)) if fitting else Delivered()
        return together([taken if self._fits(frame) else self._too_large(frame) for frame in frames])

    def close(self) -> None:
        """Close what is open."""
        while self._idle:
            self._idle.pop().abandon()

    def _fits(self, frame: bytes) -> bool:
        return size(frame) <= self._settings.max_message_bytes

    def _too_large(self, frame: bytes) -> Refused:
        limit = self._settings.max_message_bytes
        return Refused(f"its message of {size(frame)} bytes is larger than maxMessageBytes, which is {limit}")

    async def _sent(self, data: bytes) -> Verdict:
        settings = self._settings
        try:
            async with asyncio.timeout(settings.timeout_seconds):
                await self._send(data)
        except NotMounted as error:
            return Paused(str(error))
        except (Closed, ConnectionResetError, BrokenPipeError):
            return Retry(
                f"{self._host} closed the connection, and may not have read everything: its log says why, such as that"
                " it wants a certificate"
            )
        except TimeoutError:
            return Retry(f"{self._host} did not take everything within {settings.timeout_seconds:g} s")
        except OSError as error:
            return _failure(error, self._host)
        return Delivered()

    async def _send(self, data: bytes) -> None:
        connection = await self._connection()
        try:
            await connection.write(data)
            if self._settings.acknowledgement == "Close":
                await connection.finish()
            else:
                self._idle.append(connection)
        except BaseException:  # also when cancelled: nobody may write behind half a message
            connection.abandon()
            raise

    async def _connection(self) -> Connection:
        """One that nobody uses and that is still open, else a new one."""
        context = self._context() if self._settings.is_encrypted else None
        while self._idle:
            connection = self._idle.pop()
            if await connection.is_open():
                return connection
            connection.abandon()
        if self._settings.acknowledgement == "None":
            await self._prove(context)
        return await connected(self._host, self._port, context)

    async def _prove(self, context: ssl.SSLContext | None) -> None:
        """See that the other side lets us in, by a connection that is closed in order without a word.

        What is written to one that is about to be refused would count as delivered.
        """
        connection = await connected(self._host, self._port, context)
        try:
            await connection.finish()
        finally:
            connection.abandon()

    def _context(self) -> ssl.SSLContext:
        """For what the files hold now; connections that were made with what they held before are closed."""
        pem = self._settings.pem()
        if self._secured is None or self._secured[0] != pem:
            self._secured = pem, self._settings.context()
            self.close()
        return self._secured[1]


def _failure(error: OSError, host: str) -> Retry | Paused:
    match error:
        case ssl.SSLCertVerificationError():
            return Paused(
                f"the certificate of {host} can't be trusted ({error.verify_message}): correct the address, or name the"
                " authority that signed it in the sink's CA"
            )
        case ssl.SSLError() if "ALERT" in (error.reason or ""):
            return Paused(f"{host} does not take our certificate ({error.reason}): give the sink one that it trusts")
        case ssl.SSLError():
            return Retry(f"{host} does not speak TLS as it should")
        case socket.gaierror():
            return Retry(f"the name {host} can't be resolved")
    return Retry(f"{host} takes no connection ({os.strerror(error.errno).lower() if error.errno else error})")
