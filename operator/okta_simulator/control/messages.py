"""The bodies of the control API, as its server and its clients share them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

import msgspec

from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.faults.schedule import Planned

PlannedManagementFault: TypeAlias = Planned[ManagementFault]
PlannedDeliveryFault: TypeAlias = Planned[DeliveryFault]


class ClockState(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What Okta's clock shows, and how many of its seconds pass in one here."""

    now: datetime
    speed: float


class ClockChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A change of the clock: its speed first, then a step ahead."""

    speed: float | None = None
    advance_seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0


class Faults(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All faults that are planned and not over."""

    management: list[PlannedManagementFault]
    delivery: list[PlannedDeliveryFault]
