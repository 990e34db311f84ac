"""Faults of delivery: lost, duplicated and late deliveries, slow requests and broken connections."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, TypeAlias

import msgspec

from okta_simulator.event_hooks.mishaps import AttemptMishap, DeliveryMishap
from okta_simulator.faults.schedule import Fault, Schedule

_Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=86_400)]


class Lose(msgspec.Struct, frozen=True, tag="lose"):
    """A delivery is never sent, and Okta does not notice."""


class Duplicate(msgspec.Struct, frozen=True, tag="duplicate"):
    """A delivery is sent several times."""

    copies: Annotated[int, msgspec.Meta(ge=2, le=100)] = 2


class HoldBack(msgspec.Struct, frozen=True, tag="hold back"):
    """A delivery waits for so many seconds of Okta's time, so that later ones overtake it."""

    seconds: _Seconds = 60.0


class Slow(msgspec.Struct, frozen=True, tag="slow"):
    """A request waits for so many real seconds before it is sent."""

    seconds: _Seconds = 1.0


class Disconnect(msgspec.Struct, frozen=True, tag="disconnect"):
    """The connection of a request is lost, so that Okta knows of no answer."""

    answered: bool = False
    """Whether the endpoint had answered by then."""


class DeliveryFault(Fault, frozen=True, kw_only=True):
    """What goes wrong with some deliveries."""

    hook: Annotated[str, msgspec.Meta(max_length=64)] = "*"
    """The id of a hook; `*` for every hook."""
    effect: Lose | Duplicate | HoldBack | Slow | Disconnect

    def concerns(self, hook_id: str) -> bool:
        """Whether it is about a hook."""
        return self.hook in ("*", hook_id)


class ScheduledDeliveryFaults:
    """Lets the planned faults strike (a `DeliveryFaults` of the delivery engine).

    Args:
        planned: The faults.
    """

    def __init__(self, planned: Schedule[DeliveryFault]) -> None:
        self._planned = planned

    def of_delivery(self, hook_id: str) -> DeliveryMishap:
        """What becomes of the next delivery to a hook."""
        fault = self._strike(hook_id, (Lose, Duplicate, HoldBack))
        match fault and fault.effect:
            case Lose():
                return DeliveryMishap(lost=True)
            case Duplicate(copies):
                return DeliveryMishap(copies=copies)
            case HoldBack(seconds):
                return DeliveryMishap(held_back=timedelta(seconds=seconds))
            case _:
                return DeliveryMishap()

    def of_attempt(self, hook_id: str, number: int) -> AttemptMishap:  # noqa: ARG002 -- whichever attempt
        """What becomes of the next request to a hook."""
        fault = self._strike(hook_id, (Slow, Disconnect))
        match fault and fault.effect:
            case Slow(seconds):
                return AttemptMishap(latency_seconds=seconds)
            case Disconnect(answered):
                return AttemptMishap(connection="lost after the answer" if answered else "lost before the answer")
            case _:
                return AttemptMishap()

    def _strike(self, hook_id: str, effects: tuple[type, ...]) -> DeliveryFault | None:
        return self._planned.strike(lambda fault: fault.concerns(hook_id) and isinstance(fault.effect, effects))
