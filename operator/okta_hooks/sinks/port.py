"""What a sink gets, and what it may answer.

A sink speaks one protocol and nothing else: it does not retry, count, wait or keep anything, since the dispatcher does
that in one way for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Protocol

import msgspec


class Outgoing(msgspec.Struct, frozen=True):
    """One event on its way out.

    Attributes:
        uuid: Okta's identity of the event: the idempotency key, where the protocol has one.
        payload: The event as its format wrote it, on one line.
        event_type: What kind of event it is; empty where that can't be told.
        published_ns: When Okta published it, in nanoseconds of Unix time; None where that can't be told.
        received_ns: When it was received, in nanoseconds of Unix time.
    """

    uuid: str
    payload: bytes
    event_type: str
    published_ns: int | None
    received_ns: int


class Delivered(msgspec.Struct, frozen=True):
    """The sink has it, in the sense that its row of the table in docs/dispatcher.md states."""


class Retry(msgspec.Struct, frozen=True):
    """Not now.

    Attributes:
        reason: Why, as a part of a sentence.
        after: When the other side wants to be asked again; None leaves it to the back-off.
    """

    reason: str
    after: timedelta | None = None


class RefusedForGood(msgspec.Struct, frozen=True):
    """This one event will never be taken; it becomes a dead letter.

    Attributes:
        reason: Why, as a part of a sentence.
    """

    reason: str


class Paused(msgspec.Struct, frozen=True):
    """The sink takes nothing at all until somebody corrects something: a token, an index, a name.

    Not one event's fault, so that no typing error makes dead letters of a day's events.

    Attributes:
        reason: What to correct, as a sentence.
    """

    reason: str


class Refused(msgspec.Struct, frozen=True):
    """The batch was refused whole, and the protocol does not say which event is at fault: HTTP's 400 and 413, for one.

    The dispatcher looks for the event by halves. It gives none up before the sink has taken others.

    Attributes:
        reason: What the other side said, as a part of a sentence.
    """

    reason: str


EventAnswer = Delivered | Retry | RefusedForGood
"""What may be said of one event."""


class Judged(msgspec.Struct, frozen=True):
    """An answer for each event of a batch, in its order; for protocols that judge each by itself."""

    answers: tuple[EventAnswer, ...]


Answer = Delivered | Retry | Paused | Judged | Refused
"""What may be said of a batch. That all of it was refused for good is not to be said: only of single events."""


class Sink(Protocol):
    """An open connection to where events go."""

    async def deliver(self, batch: Sequence[Outgoing]) -> Answer:
        """Hand over events, in their order.

        What the other side does wrong is an `Answer` and no exception. Returns in bounded time, unless waiting is
        how the other side says that it is slow. Being cancelled leaves open whether the batch arrived.

        Args:
            batch: At least one event.
        """
        ...


class SinkSettings(Protocol):
    """What is configured of a sink; a frozen `msgspec.Struct` with `tag_field="type"`."""

    def open(self) -> AbstractAsyncContextManager[Sink]:
        """Make ready to deliver.

        Raises nothing, since that would end the dispatcher and with it every other sink: a sink that can't be reached
        answers `Retry`, and one whose settings can't be used `Paused`.
        """
        ...
