"""Asking a stream for its messages. Questions leave nothing on the servers: no consumer, no acknowledgement."""

from __future__ import annotations

import asyncio
import struct
from datetime import datetime
from typing import NamedTuple

import msgspec
from nats.aio.msg import Msg

from okta_hooks.journal.errors import JournalUnavailable
from okta_hooks.journal.jetstream.connection import (
    ANSWER_SECONDS,
    LOST_SENTENCE,
    NOBODY_RESPONDS,
    NOBODY_SENTENCE,
    Connection,
    status,
)
from okta_hooks.journal.jetstream.wire import NO_SUCH_MESSAGE, refusal
from okta_hooks.journal.payload import decode
from okta_hooks.journal.record import Record


class Kept(NamedTuple):
    """A message of the stream.

    Attributes:
        sequence: Its number.
        at: When the stream took it.
        record: What it holds; what somebody else put there, as a record that can't be read as an event.
        bytes: How large it is.
    """

    sequence: int
    at: datetime
    record: Record
    bytes: int


class _Collecting:
    """Takes messages until a server says that there are no more."""

    def __init__(self) -> None:
        self.messages: list[Msg] = []
        self.moved = asyncio.Event()
        self.end: str | None = None
        self.is_lost = False

    def take(self, message: Msg) -> None:
        self.end = status(message) or None
        if self.end is None:
            self.messages.append(message)
        self.moved.set()

    def lose(self) -> None:
        self.is_lost = True
        self.moved.set()


class Fetching:
    """Asks.

    Args:
        connection: To the servers.
        stream: The stream's name.
    """

    def __init__(self, connection: Connection, stream: str) -> None:
        self._connection = connection
        self._stream = stream

    async def from_sequence(self, sequence: int, *, most: int, max_bytes: int) -> list[Kept]:
        """Messages from a sequence on: at most so many and so many bytes, but one if there is one.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        return await self._batch({"seq": max(sequence, 1), "batch": most, "max_bytes": max_bytes})

    async def since(self, moment: datetime) -> Kept | None:
        """The first message that the stream took at a moment or later.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        found = await self._batch({"start_time": moment.isoformat(), "batch": 1})
        return found[0] if found else None

    async def is_gone(self, sequence: int) -> bool:
        """Whether the stream's leader does not have a message; a replica may only be behind.

        Raises:
            JournalUnavailable: Nobody answers.
        """
        answer = await self._connection.ask(f"$JS.API.STREAM.MSG.GET.{self._stream}", b'{"seq":%d}' % sequence)
        error = refusal(answer.data)
        return error is not None and error.err_code == NO_SUCH_MESSAGE

    async def _batch(self, question: dict[str, int | str]) -> list[Kept]:
        collecting = _Collecting()
        subject = f"$JS.API.DIRECT.GET.{self._stream}"
        token = await self._connection.post(subject, msgspec.json.encode(question), collecting)
        try:
            while collecting.end is None:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await collecting.moved.wait()
                collecting.moved.clear()
                if collecting.is_lost:
                    raise JournalUnavailable(LOST_SENTENCE)
        except TimeoutError:
            raise JournalUnavailable(
                f"the stream {self._stream} was not read within {ANSWER_SECONDS:g} s: see how its servers do"
            ) from None
        finally:
            self._connection.forget(token)
        if collecting.end == NOBODY_RESPONDS:
            raise JournalUnavailable(NOBODY_SENTENCE)
        return [_kept(message) for message in collecting.messages]


def _kept(message: Msg) -> Kept:
    headers = message.headers or {}
    at = datetime.fromisoformat(_in_microseconds(headers["Nats-Time-Stamp"]))
    try:
        record = decode(message.data)
    except (struct.error, ValueError, IndexError):
        record = Record("", message.data, round(at.timestamp() * 1_000_000) * 1000)
    return Kept(int(headers["Nats-Sequence"]), at, record, len(message.data))


def _in_microseconds(moment: str) -> str:
    """A time that Python reads: servers give up to nine digits of a second, Python 3.11 takes three or six."""
    seconds, _, fraction = moment.rstrip("Z").partition(".")
    return f"{seconds}.{fraction[:6]:0<6}+00:00"
