"""Which faults are planned, and which of them strikes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Annotated, Generic, TypeVar

import msgspec

from okta_simulator.errors import validation_failed
from okta_simulator.ids import Ids

MOST_FAULTS = 1_000


class Fault(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How often a fault strikes, whatever it does."""

    probability: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    """The part of the occasions on which it strikes."""
    times: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How often it strikes until it is over; without it, until it is removed."""


AnyFault = TypeVar("AnyFault", bound=Fault)


class Planned(msgspec.Struct, Generic[AnyFault], frozen=True):
    """A fault that waits for its occasion.

    Attributes:
        id: By which it is removed.
        fault: What goes wrong.
        struck: How often it did.
    """

    id: str
    fault: AnyFault
    struck: int = 0


class Schedule(Generic[AnyFault]):
    """The planned faults of one kind, in the order in which they were added.

    Args:
        ids: Gives identifiers.
        dice: Decides on probabilities; seeded, a run can be repeated.
    """

    def __init__(self, ids: Ids, dice: random.Random) -> None:
        self._ids = ids
        self._dice = dice
        self._planned: dict[str, Planned[AnyFault]] = {}

    def __iter__(self) -> Iterator[Planned[AnyFault]]:
        """Those that are not over."""
        return iter(tuple(self._planned.values()))

    def add(self, fault: AnyFault) -> Planned[AnyFault]:
        """Plan a fault.

        Raises:
            OktaError: E0000001, there are too many already.
        """
        if len(self._planned) >= MOST_FAULTS:
            raise validation_failed("fault", f"There are {MOST_FAULTS} faults already. Remove some first.")
        planned = Planned(self._ids.new("flt"), fault)
        self._planned[planned.id] = planned
        return planned

    def remove(self, fault_id: str) -> bool:
        """Call a fault off; tells whether there was one of this id."""
        return self._planned.pop(fault_id, None) is not None

    def clear(self) -> None:
        """Call all faults off."""
        self._planned.clear()

    def strike(self, concerned: Callable[[AnyFault], bool]) -> AnyFault | None:
        """The first fault that concerns an occasion and that chance lets strike; it is counted."""
        for planned in self._planned.values():
            fault = planned.fault
            if concerned(fault) and self._dice.random() < fault.probability:
                self._count(planned)
                return fault
        return None

    def _count(self, planned: Planned[AnyFault]) -> None:
        struck = planned.struck + 1
        if struck == planned.fault.times:
            del self._planned[planned.id]
        else:
            self._planned[planned.id] = msgspec.structs.replace(planned, struck=struck)
