"""How the API shows a zone."""

from __future__ import annotations

import msgspec

from okta_simulator.json_values import JsonObject
from okta_simulator.timestamps import whole_seconds
from okta_simulator.zones.zone import Zone


def rendered(zone: Zone, organization_url: str) -> JsonObject:
    """The zone as JSON; `useAsExemptList` is never part of it (read in a client's workaround)."""
    url = f"{organization_url}/api/v1/zones/{zone.id}"
    switch = "deactivate" if zone.status == "ACTIVE" else "activate"
    content: JsonObject = msgspec.to_builtins(zone.content)
    return {
        "id": zone.id,
        "name": zone.name,
        "status": zone.status,
        "usage": zone.usage,
        "created": whole_seconds(zone.created),
        "lastUpdated": whole_seconds(zone.last_updated),
        "system": zone.system_name is not None,
        **content,
        "_links": {
            "self": {"href": url, "hints": {"allow": ["GET", "PUT", "DELETE"]}},
            switch: {"href": f"{url}/lifecycle/{switch}", "hints": {"allow": ["POST"]}},
        },
    }
