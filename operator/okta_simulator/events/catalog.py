"""The types of events: which a hook may subscribe to, and what an event of each looks like."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Literal, cast

import msgspec
from msgspec import UNSET

from okta_simulator.audit import Severity
from okta_simulator.events.log_event import Outcome

ActorKind = Literal["person", "admin", "app", "system"]
TransactionType = Literal["WEB", "JOB"]


class EventType(msgspec.Struct, frozen=True):
    """One type.

    Attributes:
        name: What Okta calls it.
        actor: Who acts: a person for themselves, an administrator, an app, or Okta.
        transaction: WEB for the work of a request, JOB for work in the background.
        targets: Types of the things that something was done to.
        severity: How grave it is.
        outcomes: How it may end, equally likely; one that is listed twice is twice as likely.
        message: Okta's `displayMessage`, in words of our own.
        eligible: Whether a hook may subscribe to it.
    """

    name: str
    actor: ActorKind
    transaction: TransactionType
    targets: tuple[str, ...]
    severity: Severity
    outcomes: tuple[Outcome, ...]
    message: str
    eligible: bool


CLASSIC_ENGINE_ONLY = frozenset({"user.authentication.authenticate", "user.credential.enroll"})
"""Types that a hook may list and that no longer happen in Identity Engine (Okta's guide to upgrading event hooks)."""


class Catalog:
    """Every type that the simulator knows; `eligible.txt` and `not_eligible.txt` list them."""

    def __init__(self) -> None:
        self._types = {
            event_type.name: event_type
            for file, eligible in (("eligible.txt", True), ("not_eligible.txt", False))
            for event_type in _read(file, eligible=eligible)
        }

    def __iter__(self) -> Iterator[EventType]:
        return iter(self._types.values())

    def get(self, name: str) -> EventType | None:
        """The type of a name, if it is known."""
        return self._types.get(name)

    def eligible(self) -> tuple[EventType, ...]:
        """The types that a hook may subscribe to, by name."""
        return tuple(event_type for event_type in self._types.values() if event_type.eligible)

    def is_known(self, name: str) -> bool:
        """Whether the simulator knows a type; of those that are not eligible it knows the main ones only."""
        return name in self._types

    def is_eligible(self, name: str) -> bool:
        """Whether a hook may subscribe to a type."""
        event_type = self._types.get(name)
        return event_type is not None and event_type.eligible

    def message(self, name: str) -> str:
        """What an event of a type says to people; also for a type that is not known."""
        event_type = self._types.get(name)
        return event_type.message if event_type else name.replace(".", " ").replace("_", " ").capitalize()


def _read(file: str, *, eligible: bool) -> Iterator[EventType]:
    for line in resources.files(__package__).joinpath(file).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield _event_type(line, eligible=eligible)


def _event_type(line: str, *, eligible: bool) -> EventType:
    name, actor, transaction, targets, severity, outcomes, message = line.split(" | ")
    return EventType(
        name=name,
        actor=cast(ActorKind, actor),
        transaction=cast(TransactionType, transaction),
        targets=() if targets == "-" else tuple(targets.split(",")),
        severity=cast(Severity, severity),
        outcomes=tuple(_outcome(outcome) for outcome in outcomes.split(",")),
        message=message,
        eligible=eligible,
    )


def _outcome(text: str) -> Outcome:
    result, _, reason = text.partition(":")
    return Outcome(result, reason or UNSET)
