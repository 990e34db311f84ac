"""How the API shows a provider."""

from __future__ import annotations

from okta_simulator.json_values import JsonObject
from okta_simulator.security_events.provider import Provider


def rendered(provider: Provider, organization_url: str) -> JsonObject:
    """The provider as JSON; settings that it does not have are left out."""
    url = f"{organization_url}/api/v1/security-events-providers/{provider.id}"
    switch = "deactivate" if provider.status == "ACTIVE" else "activate"
    settings = provider.settings
    shown: JsonObject = {
        "well_known_url": settings.well_known_url,
        "issuer": settings.issuer,
        "jwks_url": settings.jwks_url,
        "jwks": settings.jwks,
    }
    return {
        "id": provider.id,
        "name": provider.name,
        "type": provider.type,
        "status": provider.status,
        "settings": {name: value for name, value in shown.items() if value is not None},
        "_links": {
            "self": {"href": url, "hints": {"allow": ["GET", "PUT", "DELETE"]}},
            switch: {"href": f"{url}/lifecycle/{switch}", "hints": {"allow": ["POST"]}},
        },
    }
