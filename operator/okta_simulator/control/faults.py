"""`/faults`: planning what goes wrong, and calling it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import Faults, PlannedDeliveryFault, PlannedManagementFault
from okta_simulator.errors import not_found
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.faults.schedule import Schedule


@dataclass(frozen=True)
class FaultControl:
    """Lists, adds and removes faults."""

    management: Schedule[ManagementFault]
    delivery: Schedule[DeliveryFault]

    def operations(self) -> Sequence[Operation]:
        """The operations on faults."""
        return [
            Operation("GET", "/faults", self._list),
            Operation("POST", "/faults/management", self._add_management_fault),
            Operation("POST", "/faults/delivery", self._add_delivery_fault),
            Operation("DELETE", "/faults", self._clear),
            Operation("DELETE", "/faults/{id}", self._remove),
        ]

    async def _list(self, _: web.Request) -> Faults:
        return Faults(management=list(self.management), delivery=list(self.delivery))

    async def _add_management_fault(self, request: web.Request) -> PlannedManagementFault:
        return self.management.add(await body_of(request, ManagementFault))

    async def _add_delivery_fault(self, request: web.Request) -> PlannedDeliveryFault:
        return self.delivery.add(await body_of(request, DeliveryFault))

    async def _clear(self, request: web.Request) -> Faults:
        self.management.clear()
        self.delivery.clear()
        return await self._list(request)

    async def _remove(self, request: web.Request) -> Faults:
        fault_id = request.match_info["id"]
        if not self.management.remove(fault_id) and not self.delivery.remove(fault_id):
            raise not_found(fault_id, "Fault")
        return await self._list(request)
