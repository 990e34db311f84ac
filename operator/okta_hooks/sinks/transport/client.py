"""Posts with a credential, compressed where wanted."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from isal import isal_zlib

from okta_hooks.sinks.port import Paused, Retry
from okta_hooks.sinks.transport.credentials import Credential
from okta_hooks.sinks.transport.reply import Reply
from okta_hooks.sinks.transport.wire import Message, Wire

_GZIP = 31  # zlib's window of 32 KiB, with gzip's header and checksum


class Client:
    """Posts.

    Args:
        wire: What carries an exchange.
        credential: What to be known by; None for nothing.
    """

    def __init__(self, wire: Wire, credential: Credential | None) -> None:
        self._wire = wire
        self._credential = credential

    async def post(self, message: Message) -> Reply | Retry | Paused:
        """Post once; a second time when the credential was not taken and could be renewed."""
        reply = await self._authorized(message)
        if isinstance(reply, Reply) and reply.status == 401 and self._credential and self._credential.renew():
            return await self._authorized(message)
        return reply

    async def _authorized(self, message: Message) -> Reply | Retry | Paused:
        if self._credential is None:
            return await self._wire.post(message)
        header = await self._credential.header()
        if not isinstance(header, str):
            return header
        return await self._wire.post(replace(message, headers={**message.headers, "Authorization": header}))


async def gzipped(message: Message) -> Message:
    """The same message, compressed; in a thread, since a megabyte takes milliseconds.

    By ISA-L, whose level 1 is about as small as zlib's and several times as fast.
    """
    body = await asyncio.to_thread(isal_zlib.compress, message.body, 1, _GZIP)
    return replace(message, body=body, headers={**message.headers, "Content-Encoding": "gzip"})
