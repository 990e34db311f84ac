"""Ports of delivery: who watches it, and what goes wrong on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
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


class NoWitness:
    """Nobody watches."""

    def emitted(self, event: LogEvent, hook_ids: Sequence[str]) -> None:
        """Not seen."""

    def attempted(self, attempt: Attempt) -> None:
        """Not seen."""

    def answered(self, attempt: Attempt, reply: Reply) -> None:
        """Not seen."""

    def given_up(self, hook_id: str, event_uuids: Sequence[str], reason: str) -> None:
        """Not seen."""


@dataclass(frozen=True)
class DeliveryMishap:
    """What becomes of one delivery.

    Args:
        lost: It is never sent, and nothing is written down about it.
        copies: How often it is sent; each copy has its attempts.
        held_back: Okta's time that it waits, so that later ones overtake it.
    """

    lost: bool = False
    copies: int = 1
    held_back: timedelta = timedelta()


@dataclass(frozen=True)
class AttemptMishap:
    """What becomes of one request.

    Args:
        latency_seconds: Real seconds before it is sent.
        connection: Whether the connection is lost before the endpoint's answer, or after it but unseen by Okta.
    """

    latency_seconds: float = 0.0
    connection: Literal["kept", "lost before the answer", "lost after the answer"] = "kept"


class DeliveryFaults(Protocol):
    """What goes wrong between Okta and an endpoint."""

    def of_delivery(self, hook_id: str) -> DeliveryMishap:
        """What becomes of the next delivery to a hook."""

    def of_attempt(self, hook_id: str, number: int) -> AttemptMishap:
        """What becomes of the next request to a hook; the number is the attempt's, from 1."""


class NoFaults:
    """Nothing goes wrong on purpose."""

    def of_delivery(self, hook_id: str) -> DeliveryMishap:  # noqa: ARG002 -- whichever hook
        """Nothing becomes of it."""
        return DeliveryMishap()

    def of_attempt(self, hook_id: str, number: int) -> AttemptMishap:  # noqa: ARG002 -- whichever attempt
        """Nothing becomes of it."""
        return AttemptMishap()
