"""Having records kept, each once, however often that takes to be tried."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from nats.aio.msg import Msg

from okta_hooks.journal.errors import JournalFull, JournalUnavailable, RecordTooLarge
from okta_hooks.journal.jetstream.connection import (
    NOBODY_RESPONDS,
    NOBODY_SENTENCE,
    Connection,
    WaitingForOne,
    status,
)
from okta_hooks.journal.jetstream.subjects import subject_of, subject_of_other_content
from okta_hooks.journal.jetstream.wire import ApiError, published
from okta_hooks.journal.payload import decode, encode
from okta_hooks.journal.record import Record

_ATTEMPT_SECONDS = 0.9
"""How long an answer is waited for before the message is published again, which is harmless: once kept, it is refused
as a repeat."""
_PAUSE_SECONDS = 0.1


@dataclass
class Message:
    """A record on its way.

    Attributes:
        record: The record.
        payload: Its bytes.
        subject: Where it is to be kept.
        sequence: Where it is kept; None while it is not.
    """

    record: Record
    payload: bytes
    subject: str
    sequence: int | None = None


class Publisher:
    """Publishes to a stream.

    Args:
        connection: To its servers.
        stream: Its name.
    """

    def __init__(self, connection: Connection, stream: str) -> None:
        self._connection = connection
        self._stream = stream
        self._writing = asyncio.Lock()
        self.trouble: str | None = None
        """Why something had to be tried again last."""

    def message(self, record: Record) -> Message:
        """A record made ready.

        Raises:
            RecordTooLarge: It is too large for the format, or for the servers.
        """
        payload = encode(record)
        most = self._connection.max_payload
        if most is not None and len(payload) > most:
            raise RecordTooLarge(
                f"an event of {len(record.event)} bytes is too large for the servers of the distributed journal, which "
                f"take messages of {most} bytes: raise their max_payload"
            )
        return Message(record, payload, subject_of(self._stream, record))

    async def keep(self, messages: Sequence[Message]) -> None:
        """Return once every message has its sequence; tries for ever where a later try may help.

        Raises:
            JournalFull: The stream has no room.
        """
        while pending := [message for message in messages if message.sequence is None]:
            try:
                again = await self._attempt(pending)
            except JournalUnavailable as error:
                self.trouble = str(error)
                again = True
            if again:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _attempt(self, messages: Sequence[Message]) -> bool:
        """Publish once; whether to wait before the next time.

        All messages are written in one go, so that one receiver's delivery is in one piece in the stream.
        """
        tokens: list[str] = []
        waiting: list[WaitingForOne] = []
        try:
            async with self._writing:
                for message in messages:
                    waiting.append(WaitingForOne())
                    tokens.append(await self._connection.post(message.subject, message.payload, waiting[-1]))
            await asyncio.wait([each.answer for each in waiting], timeout=_ATTEMPT_SECONDS)
        finally:
            for token in tokens:
                self._connection.forget(token)
        settled = [await self._settle(message, each) for message, each in zip(messages, waiting, strict=True)]
        return not all(settled)

    async def _settle(self, message: Message, waiting: WaitingForOne) -> bool:
        """Look at an answer; whether it said something."""
        if not waiting.answer.done():
            self.trouble = f"no server answered within {_ATTEMPT_SECONDS:g} s"
            return False
        answer = waiting.answer.result()
        if status(answer) == NOBODY_RESPONDS:
            self.trouble = NOBODY_SENTENCE
            return False
        reply = published(answer.data)
        if reply.error is None:
            message.sequence = reply.seq
            return True
        return await self._refused(message, reply.error)

    async def _refused(self, message: Message, error: ApiError) -> bool:
        if error.is_full:
            raise JournalFull(
                f"the stream {self._stream} takes no more ({error.description}): raise its limit, or see which sink "
                "is behind"
            )
        if not error.claims_repeat:
            self.trouble = f"the stream {self._stream} refuses ({error.code}, {error.err_code}: {error.description})"
            return False
        first = await self._connection.ask(f"$JS.API.DIRECT.GET.{self._stream}.{message.subject}")
        if status(first):  # the first copy is on its way, or was dropped this moment
            self.trouble = f"the stream {self._stream} says that it has an event, and does not show it"
            return False
        if _content(first) == message.record.event:
            message.sequence = int((first.headers or {})["Nats-Sequence"])
        else:
            message.subject = subject_of_other_content(self._stream, message.record)
        return True


def _content(kept: Msg) -> bytes | None:
    try:
        return decode(kept.data).event
    except (ValueError, IndexError):
        return None
