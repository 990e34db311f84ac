"""Shutting blocked addresses out of everything: Okta looks at blocklists first, for every URL of an organisation.

An administrator's own address on a blocklist locks the administrator out as well. How the answer to a blocked API
call looks is not documented; it is the one for a caller who may not do what is asked for.
"""

from __future__ import annotations

from aiohttp import web

from okta_simulator.audit import Audit
from okta_simulator.caller import SYSTEM
from okta_simulator.errors import OktaError
from okta_simulator.management.error_answers import RawHandler
from okta_simulator.zones.blocking import Origin, blocking_zone
from okta_simulator.zones.registry import Zones


class BlockedAddresses:
    """Stands in front of handlers."""

    def __init__(self, zones: Zones, audit: Audit) -> None:
        self._zones = zones
        self._audit = audit

    def guarded(self, handler: RawHandler) -> RawHandler:
        """The same handler, for those who are let in; others get E0000006."""

        async def handle(request: web.Request) -> web.StreamResponse:
            self._require_admission(request.remote)
            return await handler(request)

        return handle

    def _require_admission(self, address: str | None) -> None:
        zone = blocking_zone(self._zones, Origin(address)) if address else None
        if zone is None:
            return
        self._audit.record(
            "security.request.blocked",
            SYSTEM,
            targets=[zone.as_target()],
            result="DENY",
            reason="IP address is blocked by a network zone",
            severity="WARN",
            debug_data={"blockedAddress": str(address)},
        )
        raise OktaError("E0000006")
