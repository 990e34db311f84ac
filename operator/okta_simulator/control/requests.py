"""Every request of the control API, as a value: a client sends it and gives the answer, typed.

control = BlockingControlClient(url)
control(advance_clock(hours=1))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

from okta_simulator.control.messages import (
    ClockChange,
    ClockState,
    Faults,
    PlannedDeliveryFault,
    PlannedManagementFault,
)
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.ground_truth import EventFate, Page, Summary

Result = TypeVar("Result")


@dataclass(frozen=True)
class Request(Generic[Result]):
    """A request and the shape of its answer.

    Args:
        method: HTTP method.
        path: Path after the prefix of the control API.
        answer: What the answer's body is read as.
        body: What is sent as JSON, if anything.
        query: Parameters.
    """

    method: str
    path: str
    answer: type[Result]
    body: object = None
    query: Mapping[str, str] = field(default_factory=dict)


def clock() -> Request[ClockState]:
    """What Okta's clock shows."""
    return Request("GET", "/clock", ClockState)


def set_clock_speed(speed: float) -> Request[ClockState]:
    """Let so many seconds pass at Okta while one passes here; 0 lets it stand still."""
    return Request("POST", "/clock", ClockState, ClockChange(speed=speed))


def advance_clock(*, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> Request[ClockState]:
    """Set Okta's clock ahead; whatever falls due meanwhile happens at once."""
    step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return Request("POST", "/clock", ClockState, ClockChange(advance_seconds=step.total_seconds()))


def faults() -> Request[Faults]:
    """The planned faults that are not over."""
    return Request("GET", "/faults", Faults)


def add_management_fault(fault: ManagementFault) -> Request[PlannedManagementFault]:
    """Let some requests of the management API go wrong."""
    return Request("POST", "/faults/management", PlannedManagementFault, fault)


def add_delivery_fault(fault: DeliveryFault) -> Request[PlannedDeliveryFault]:
    """Let some deliveries to hooks go wrong."""
    return Request("POST", "/faults/delivery", PlannedDeliveryFault, fault)


def remove_fault(fault_id: str) -> Request[Faults]:
    """Call a fault off."""
    return Request("DELETE", f"/faults/{fault_id}", Faults)


def clear_faults() -> Request[Faults]:
    """Call all faults off."""
    return Request("DELETE", "/faults", Faults)


def truth() -> Request[Summary]:
    """Numbers of what really happened to the events."""
    return Request("GET", "/truth", Summary)


def clear_truth() -> Request[Summary]:
    """Begin the numbers with zeros."""
    return Request("DELETE", "/truth", Summary)


def truth_of(uuid: str) -> Request[EventFate]:
    """What really happened to one event."""
    return Request("GET", f"/truth/events/{uuid}", EventFate)


def truths(*, begin: int = 0, limit: int = 100, missing: bool = False) -> Request[Page]:
    """What really happened to the events, a page at a time; on demand only those that a hook has not acknowledged."""
    query = {"begin": str(begin), "limit": str(limit), "missing": str(missing).lower()}
    return Request("GET", "/truth/events", Page, query=query)
