"""What every format can do, and what every format carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec


class Unreadable(ValueError):
    """An event can't be written in a format; the message says why."""


class KeyUnusable(Exception):
    """Nothing can be written at present, whatever the event: the key for pseudonyms is missing.

    The message is a sentence that says what to correct. It says nothing about the event, which has to wait.
    """


class Origin(msgspec.Struct, frozen=True, rename="camel"):
    """Where the events of one hook come from.

    Attributes:
        org: The organisation's URL.
        hook_id: Okta's name of the hook; empty while the hook does not exist yet.
        cluster: The Kubernetes cluster's name.
        labels: What the user wants every event to carry.
    """

    org: str
    hook_id: str
    cluster: str
    labels: Mapping[str, str]


class Arrival(msgspec.Struct, frozen=True):
    """How one event came.

    Attributes:
        received_ns: When: nanoseconds of Unix time.
        path: By which way: `hook`, `backfill`, `poll` or `replay`.
    """

    received_ns: int
    path: str


class Format(Protocol):
    """A way to write events."""

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        """Write one event; without a line break, so that a sink may put one event on a line.

        Args:
            event: The event's JSON, verbatim.
            arrival: How it came.

        Raises:
            Unreadable: The event can't be written in this format, now or later.
            KeyUnusable: No event can be written until somebody corrects something.
        """
        ...
