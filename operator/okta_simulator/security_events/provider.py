"""A provider of security events (Okta's `SecurityEventsProvider`)."""

from __future__ import annotations

from typing import Literal

import msgspec

from okta_simulator.audit import Target
from okta_simulator.caller import Caller
from okta_simulator.json_values import JsonObject


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs the provider's tokens, and where the keys are.

    Attributes:
        issuer: What the tokens have as `iss`.
        jwks_url: Where the public keys are.
        well_known_url: Where the provider says both of the above.
        jwks: The public keys themselves, which only the simulator takes, for tests without a second server.
    """

    issuer: str
    jwks_url: str | None = None
    well_known_url: str | None = None
    jwks: JsonObject | None = None


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A registered provider."""

    id: str
    name: str
    type: str
    status: Literal["ACTIVE", "INACTIVE"]
    settings: Settings

    def as_target(self) -> Target:
        """The provider as the System Log names what something was done to."""
        return Target(id=self.id, type="SecurityEventsProvider", display_name=self.name)

    def as_caller(self) -> Caller:
        """The provider as the System Log names who did something."""
        return Caller(
            credential_id=self.id,
            actor_id=self.id,
            actor_type="SystemPrincipal",
            display_name=self.name,
            alternate_id=self.settings.issuer,
        )
