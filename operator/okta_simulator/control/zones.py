"""`/zones`: which policies use a zone, and who would be shut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import Admission, ZonePolicies
from okta_simulator.errors import validation_failed
from okta_simulator.zones.blocking import Origin, blocking_zone
from okta_simulator.zones.registry import Zones


@dataclass(frozen=True)
class ZoneControl:
    """Uses zones in policies, and asks whom they shut out."""

    zones: Zones

    def operations(self) -> Sequence[Operation]:
        """The operations on zones."""
        return [
            Operation("PUT", "/zones/{id}/policies", self._use),
            Operation("POST", "/zones/admission", self._ask),
        ]

    async def _use(self, request: web.Request) -> ZonePolicies:
        wanted = await body_of(request, ZonePolicies)
        return ZonePolicies(self.zones.use(request.match_info["id"], wanted.policies).used_by)

    async def _ask(self, request: web.Request) -> Admission:
        origin = await body_of(request, Origin)
        try:
            zone = blocking_zone(self.zones, origin)
        except ValueError as error:
            raise validation_failed("address", f"address: {error}") from error
        return Admission(zone is not None, zone.name if zone else None)
