"""The blocklists of an organisation, and the entry of the System Log for each time one strikes."""

from __future__ import annotations

from okta_simulator.audit import Audit
from okta_simulator.caller import SYSTEM
from okta_simulator.zones.blocking import Origin, blocking_zone
from okta_simulator.zones.registry import Zones


class Blocklists:
    """Stops those whose address is on a blocklist.

    Args:
        zones: The organisation's zones.
        audit: Where it is written down.
    """

    def __init__(self, zones: Zones, audit: Audit) -> None:
        self._zones = zones
        self._audit = audit

    def stop(self, address: str) -> bool:
        """Whether a request from an address goes no further.

        Raises:
            ValueError: The address is not an IP address.
        """
        zone = blocking_zone(self._zones, Origin(address))
        if zone is None:
            return False
        self._audit.record(
            "security.request.blocked",
            SYSTEM,
            targets=[zone.as_target()],
            result="DENY",
            reason="IP address is blocked by a network zone",
            severity="WARN",
            debug_data={"blockedAddress": address},
        )
        return True
