"""Faults of the simulator, for a while."""

from __future__ import annotations

from dataclasses import dataclass

from chaos.stage import Stage
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault


@dataclass(frozen=True)
class OfDelivery:
    """Something goes wrong with deliveries.

    Args:
        fault: What.
    """

    fault: DeliveryFault
    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.organization.hooks.planned_faults.add(self.fault)

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.organization.hooks.planned_faults.clear()


@dataclass(frozen=True)
class OfManagement:
    """Something goes wrong with answers of the management API.

    Args:
        fault: What.
        named: See `Incident`.
    """

    fault: ManagementFault
    named: frozenset[str] = frozenset()

    async def begin(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.organization.management_faults.add(self.fault)

    async def end(self, stage: Stage) -> None:
        """See `Incident`."""
        stage.organization.management_faults.clear()
