"""Who calls: the result of checking a credential."""

from __future__ import annotations

from typing import Literal

import msgspec

SUPER_ADMINISTRATOR = frozenset({"SUPER_ADMIN"})
"""The role that may do everything."""


class Caller(msgspec.Struct, frozen=True):
    """The credential of a request and whom it stands for.

    Attributes:
        credential_id: Identifies the credential in rate limits and in the System Log.
        actor_id: The user that owns an API token (`00u...`), or the service app (`0oa...`).
        actor_type: The actor's type in the System Log.
        display_name: The actor's name in the System Log.
        alternate_id: The user's login, or the app's client id.
        scopes: What an access token grants; None for an API token, which has all rights of its owner.
        address: Where the request came from; empty when nobody asked.
        user_agent: What the client called itself in the request.
        admin_roles: Administrator roles; a custom one is named by its permissions, such as `okta.eventhooks.manage`.
    """

    credential_id: str
    actor_id: str
    actor_type: Literal["User", "PublicClientApp", "SystemPrincipal"]
    display_name: str
    alternate_id: str
    scopes: frozenset[str] | None = None
    address: str = ""
    user_agent: str = ""
    admin_roles: frozenset[str] = SUPER_ADMINISTRATOR


SYSTEM = Caller(
    credential_id="system",
    actor_id="system",
    actor_type="SystemPrincipal",
    display_name="Okta System",
    alternate_id="system@okta.com",
)
"""Okta itself, acting without being asked."""
