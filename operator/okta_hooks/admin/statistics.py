"""What a receiver answers to `GET /stats`, and the operator reads. Counts begin with the process."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec


class Seen(msgspec.Struct, frozen=True, rename="camel"):
    """How often something was, and when last."""

    count: int = 0
    last_at: datetime | None = None


class SecretSeen(msgspec.Struct, frozen=True, rename="camel"):
    """A secret that is accepted.

    Attributes:
        role: `current` is the one that Okta is to send; `previous` the one before.
        fingerprint: See `okta_hooks.admin.token.fingerprint`.
        seen_at: When a request carried it last.
    """

    role: Literal["current", "previous"]
    fingerprint: str
    seen_at: datetime | None = None


class JournalStatistics(msgspec.Struct, frozen=True, rename="camel"):
    """How full and how well the journal is, and what its last recovery found.

    Attributes:
        used_bytes: What it takes on its volume.
        limit_bytes: What it may take.
        newest: The position behind the newest record.
        refusal: Why it would refuse a record now.
        weakness: What it does not survive although a journal should, as a sentence.
        recovered_cut_bytes: What the start cut from its end: nothing that was acknowledged.
        damaged: The names of its files that are kept aside since they can't be read whole, oldest first.
        unavailable: Whether it refuses because its servers, or its stream there, are not to be had.
    """

    used_bytes: int
    limit_bytes: int
    newest: str
    refusal: str | None = None
    weakness: str | None = None
    recovered_cut_bytes: int = 0
    damaged: tuple[str, ...] = ()
    unavailable: bool = False


class ClockJump(msgspec.Struct, frozen=True, rename="camel"):
    """A machine's clock was put.

    Attributes:
        seconds: By how much; negative where it was put back.
        seconds_ago: How long ago, by a clock that nobody can put.
    """

    seconds: float
    seconds_ago: float


class ReceiverStatistics(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The evidence that a receiver has.

    Attributes:
        started_at: When the process began to listen.
        requests: What became of requests, by outcome (`okta_hooks.receiver.outcome`).
        events: Records kept, by the path on which they came; `quarantined` are among them, and counted on their own.
        event_bytes: Bytes of these records.
        last_event_at: When the last one was kept.
        hook_ids: Ids of hooks that deliveries named as their source; more than one means that hooks share an address.
        secrets: What is accepted, in the order of their roles.
        rotation_pending: Whether the current secret was read and not yet seen in a request.
        journal: The journal's state.
        clock_jump: The last time that the clock was put, since the process began.
    """

    started_at: datetime
    requests: dict[str, Seen]
    events: dict[str, int]
    event_bytes: int
    last_event_at: datetime | None
    hook_ids: dict[str, Seen]
    secrets: tuple[SecretSeen, ...]
    rotation_pending: bool
    journal: JournalStatistics
    clock_jump: ClockJump | None = None
