"""Who watches deliveries: the port that the ground truth stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from okta_simulator.event_hooks.endpoint import Reply
from okta_simulator.events.log_event import LogEvent

Origin = Literal["event", "console"]


@dataclass(frozen=True)
class Attempt:
    """One request that carries events to a hook.

    Args:
        hook_id: The hook.
        delivery_id: The envelope's `eventId`.
        number: 1 for the first, 2 for its retry and so on.
        event_uuids: The events it carries.
        origin: Whether they happened, or were sent by hand from the console.
    """

    hook_id: str
    delivery_id: str
    number: int
    event_uuids: tuple[str, ...]
    origin: Origin = "event"


class Witness(Protocol):
    """Sees everything that happens to an event on its way: the ground truth of tests."""

    def emitted(self, event: LogEvent, hook_ids: Sequence[str]) -> None:
        """An event happened, and is to reach these hooks."""

    def attempted(self, attempt: Attempt) -> None:
        """A request is about to be sent."""

    def answered(self, attempt: Attempt, reply: Reply) -> None:
        """A request has ended, as Okta saw it."""

    def given_up(self, hook_id: str, event_uuids: Sequence[str], reason: str) -> None:
        """Events will not reach a hook any more."""
