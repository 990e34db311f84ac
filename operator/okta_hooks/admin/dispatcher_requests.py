"""What a dispatcher can be asked for on its admin port, and what it answers; docs/dispatcher.md says how."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from okta_hooks.admin.dispatcher_statistics import LostStatistics

MOST_LISTED = 1000
MOST_UUIDS = 10_000
GREATEST_NUMBER = 2**63 - 1
"""What the files in which numbers are kept can hold."""

ABSENT = msgspec.Raw(b"null")
"""What is passed on as it is written, where there is nothing."""

Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST_LISTED)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Uuids = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=128)], ...], msgspec.Meta(max_length=MOST_UUIDS)]
Sinks = Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=MOST_LISTED)]


class EventsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of `GET /events`.

    Attributes:
        since: Received at or after.
        until: Received before.
        type: Types, or beginnings of types: `user.session.*`; none for all.
        uuid: One event.
        after: The place to go on behind, `end` for what comes from now on; None for the oldest.
        limit: The most events.
    """

    since: Moment | None = None
    until: Moment | None = None
    type: tuple[str, ...] = ()
    uuid: str | None = None
    after: str | None = None
    limit: Limit = 100


class JournalEvent(msgspec.Struct, frozen=True, rename="camel"):
    """An event in the journal.

    Attributes:
        place: Where it is.
        uuid: Okta's identity of the event; empty where it could not be read.
        event_type: Its type; empty where that can't be told.
        published: When Okta published it, if that can be told.
        received: When it was received.
        path: By which way.
        delivery: The delivery that brought it; empty when it came by none.
        withheld: Whether no sink gets it: it is a repeat, or quarantined.
        event: As Okta sent it; null where that is no JSON.
        base64: Its bytes, where they are no JSON.
    """

    place: str
    uuid: str
    event_type: str
    published: datetime | None
    received: datetime
    path: str
    delivery: str
    withheld: bool
    event: msgspec.Raw
    base64: str | None = None


class EventsPage(msgspec.Struct, frozen=True):
    """The answer to `GET /events`.

    Attributes:
        events: In the journal's order.
        next: Where to go on.
        complete: Whether there is nothing more now.
        lost: What of the journal can't be read.
    """

    events: tuple[JournalEvent, ...]
    next: str
    complete: bool
    lost: tuple[LostStatistics, ...] = ()


class DeadLettersQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of `GET /dead-letters`: of one sink or all, behind a number."""

    sink: str | None = None
    after: Annotated[int, msgspec.Meta(ge=0, le=GREATEST_NUMBER)] = 0
    limit: Limit = 100


class DeadLetterSeen(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """A dead letter.

    Attributes:
        number: Its number; later ones have greater numbers.
        sink: Who refused it.
        uuid: The event's identity.
        event_type: The event's type.
        published: When Okta published it.
        received: When it was received.
        path: By which way.
        reason: Why it was refused.
        attempts: How often it was tried.
        refused_at: When it was refused.
        replaying: Whether it is to be given to the sink again.
        event: The event; only where one dead letter is asked for.
        base64: Its bytes, where they are no JSON.
    """

    number: int
    sink: str
    uuid: str
    event_type: str
    published: datetime | None
    received: datetime
    path: str
    reason: str
    attempts: int
    refused_at: datetime
    replaying: bool
    event: msgspec.Raw = ABSENT  # `msgspec.Raw | None` could not be read: it would be null alone
    base64: str | None = None


class DeadLettersPage(msgspec.Struct, frozen=True, rename="camel"):
    """The answer to `GET /dead-letters`."""

    dead_letters: tuple[DeadLetterSeen, ...]
    next: int
    complete: bool


class DeadLettersSelection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /dead-letters/replay` and `/discard`: of which sinks, and which events of them."""

    sinks: Sinks
    uuids: Uuids | None = None


class ReplayOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of `POST /replay`.

    Attributes:
        since: Received at or after.
        until: Received before; None for up to now.
        sinks: Who gets it; None for all, or all of the route.
        route: The route that chooses; None for all of a sink.
    """

    since: Moment
    until: Moment | None = None
    sinks: Sinks | None = None
    route: str | None = None


class ReplaySeen(msgspec.Struct, frozen=True, rename="camel"):
    """A replay to one sink.

    Attributes:
        id: Its number.
        sink: Who gets it.
        route: The route that chooses, if one was named.
        since: Received at or after.
        until: Received before.
        requested_at: When it was asked for.
        ended_at: When it ended.
        state: `running`, `done` or `cancelled`.
        reason: Why it can't go on just now.
        records: How many records of the journal are dealt with.
        total: Of how many.
        delivered: How many events the sink took.
        dead_letters: How many it refused for good.
    """

    id: int
    sink: str
    route: str | None
    since: datetime
    until: datetime
    requested_at: datetime
    ended_at: datetime | None
    state: str
    reason: str | None
    records: int
    total: int
    delivered: int
    dead_letters: int


class ReplaysPage(msgspec.Struct, frozen=True):
    """The answer to `POST /replay` and `GET /replays`."""

    replays: tuple[ReplaySeen, ...]
