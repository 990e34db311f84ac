"""What clients may ask of an organisation before they have a credential."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from okta_simulator.management.endpoint import json_response
from okta_simulator.management.oauth import KEYS_PATH, TOKEN_PATH
from okta_simulator.signed import ALGORITHMS


@dataclass(frozen=True)
class WellKnown:
    """The organisation's metadata (Okta's `WellKnownOrgMetadata`) and that of its OAuth server (RFC 8414).

    Attributes:
        organization_id: The organisation's identifier (`00o...`).
        url: Its URL.
        engine: Identity Engine or Classic Engine.
    """

    organization_id: str
    url: str
    engine: Literal["identity", "classic"]

    def routes(self) -> Sequence[web.RouteDef]:
        """The routes."""
        return (
            web.get("/.well-known/okta-organization", self.organization),
            web.get("/.well-known/oauth-authorization-server", self.authorization_server),
        )

    async def organization(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Which organisation this is, and on which engine it runs."""
        return json_response(
            {
                "id": self.organization_id,
                "_links": {"organization": {"href": self.url}},
                "pipeline": "idx" if self.engine == "identity" else "v1",
                "settings": {"analyticsCollectionEnabled": False, "bugReportingEnabled": True, "omEnabled": False},
            }
        )

    async def authorization_server(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """What Okta's own OAuth server can do of what is simulated."""
        return json_response(
            {
                "issuer": self.url,
                "token_endpoint": self.url + TOKEN_PATH,
                "jwks_uri": self.url + KEYS_PATH,
                "grant_types_supported": ["client_credentials"],
                "response_types_supported": ["token"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
                "dpop_signing_alg_values_supported": ALGORITHMS,
            }
        )
