"""Indexer acknowledgement: asking the HTTP Event Collector whether a batch is in the index.

Each sink that is open has a channel of its own; a batch gets a number in it, and is asked for until it is indexed.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import Annotated

import msgspec
from yarl import URL

from okta_hooks.sinks.port import Delivered, Paused, Retry
from okta_hooks.sinks.splunk_codes import said
from okta_hooks.sinks.transport import Client, Reply
from okta_hooks.sinks.transport.verdicts import of_status
from okta_hooks.sinks.transport.wire import Message
from okta_hooks.sinks.verdicts import Verdict

_DISABLED = 14
_NO_BATCH = 0
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 2.0


class Acknowledgement(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """How to wait.

    Attributes:
        timeout_seconds: How long a batch may take to be indexed; then it is sent again.
    """

    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=600)] = 60


class _Acknowledged(msgspec.Struct, frozen=True):
    acks: dict[str, bool]


class Channel:
    """Asks.

    Args:
        client: What asks.
        url: Where: the collector's endpoint for acknowledgements.
        acknowledgement: How to wait.
    """

    def __init__(self, client: Client, url: URL, acknowledgement: Acknowledgement) -> None:
        self._client = client
        self._url = url
        self._seconds = acknowledgement.timeout_seconds
        self._proven = False
        self.headers: Mapping[str, str] = {"X-Splunk-Request-Channel": str(uuid.uuid4())}
        """What says with a batch that it belongs to this channel."""

    async def trouble(self) -> Retry | Paused | None:
        """Why no batch should be sent; None when one may be.

        Asked before the first, since a token without acknowledgement would take each batch again and again.
        """
        if self._proven:
            return None
        reply = await self._ask(_NO_BATCH)
        if not isinstance(reply, Reply):
            return reply
        words = said(reply)
        if words and words.code == _DISABLED:
            return Paused(
                f"the token that {reply.host} was given has no indexer acknowledgement: switch it on there, or "
                "`acknowledgement` off"
            )
        self._proven = True
        return None

    async def outcome(self, reply: Reply) -> Verdict:
        """Wait until a batch that was taken is indexed.

        Args:
            reply: The answer to the batch.
        """
        words = said(reply)
        if words is None or words.ack_id is None:
            self._proven = False
            return Retry(f"{reply.host} took a batch and gave it no number to ask for it by")
        try:
            async with asyncio.timeout(self._seconds):
                return await self._indexed(words.ack_id)
        except TimeoutError:
            return Retry(f"{reply.host} did not acknowledge a batch within {self._seconds:g} s")

    async def _indexed(self, number: int) -> Verdict:
        pause = _FIRST_PAUSE
        while True:
            reply = await self._ask(number)
            if not isinstance(reply, Reply):
                return reply
            if not reply.is_success:
                return of_status(reply)
            if _is_acknowledged(reply, number):
                return Delivered()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _ask(self, number: int) -> Reply | Retry | Paused:
        headers = {"Content-Type": "application/json", **self.headers}
        return await self._client.post(Message(self._url, headers, b'{"acks":[%d]}' % number))


def _is_acknowledged(reply: Reply, number: int) -> bool:
    try:
        return msgspec.json.decode(reply.body, type=_Acknowledged).acks.get(str(number), False)
    except msgspec.DecodeError:
        return False
