"""Events on their way to one sink, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from okta_hooks.dispatch.dead_letters import DeadLetter
from okta_hooks.dispatch.tallies import Tally
from okta_hooks.journal import LostRange, Record
from okta_hooks.sinks import Outgoing


@dataclass(slots=True, eq=False)
class Event:
    """An event that the sink is to get.

    Attributes:
        record: As it was received.
        outgoing: As it is handed over.
        attempts: How often it was handed over.
        refusals: How often it was refused alone, without a word about it.
        order: Its place among those that are on their way together.
        was_given_up: Whether it is a dead letter that is tried again.
    """

    record: Record
    outgoing: Outgoing
    attempts: int = 0
    refusals: int = 0
    order: int = 0
    was_given_up: bool = False


@dataclass
class Outcome:
    """What became of some events.

    Attributes:
        delivered: How many the sink took.
        refused: Those it refused for good.
        tallies: Those it was not to get, and what else was counted.
        skipped: What the journal had dropped before the sink had it.
    """

    delivered: int = 0
    refused: list[DeadLetter] = field(default_factory=list)
    tallies: Counter[Tally] = field(default_factory=Counter)
    skipped: tuple[LostRange, ...] = ()

    def add(self, other: Outcome) -> None:
        """Count another one in."""
        self.delivered += other.delivered
        self.refused += other.refused
        self.tallies += other.tallies
        self.skipped += other.skipped


@dataclass(frozen=True)
class Prepared:
    """Events that are ready to go out.

    Attributes:
        events: In the journal's order.
        outcome: What became of the others.
    """

    events: Sequence[Event]
    outcome: Outcome
