"""What the operator asks of an Okta organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

HookStatus = Literal["ACTIVE", "INACTIVE"]
VerificationStatus = Literal["UNVERIFIED", "VERIFIED"]


@dataclass(frozen=True)
class HookDefinition:
    """What makes up an event hook, without its secret and its life cycle.

    Compared as Okta treats it: event types, filters and headers are sets.

    Args:
        name: Unique in the organisation, 1 to 255 characters.
        uri: The https address that Okta calls.
        event_types: Types to deliver.
        description: Shown in the console; empty for none.
        filters: Expression by event type.
        headers: Further headers, which Okta shows in clear.
        auth_header: Name of the header that carries the secret; compared without regard to case.
    """

    name: str
    uri: str
    event_types: frozenset[str]
    description: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    auth_header: str = "Authorization"


@dataclass(frozen=True)
class Hook:
    """An event hook as Okta shows it; its secret cannot be read."""

    id: str
    definition: HookDefinition
    status: HookStatus
    verification_status: VerificationStatus
    last_updated: str


@dataclass(frozen=True)
class Secret:
    """What Okta sends so that the receiver knows it; never printed."""

    value: str = field(repr=False)


class EventHooks(Protocol):
    """The event hooks of one organisation. Every method may raise each of `okta_hooks.okta.errors`."""

    async def list(self) -> tuple[Hook, ...]:
        """All event hooks of the organisation; Okta knows no pages here."""

    async def get(self, hook_id: str) -> Hook:
        """One hook."""

    async def create(self, definition: HookDefinition, secret: Secret) -> Hook:
        """Make a hook: ACTIVE and UNVERIFIED."""

    async def replace(self, hook_id: str, definition: HookDefinition, secret: Secret) -> Hook:
        """Put a definition in place of the one before; it may be UNVERIFIED afterwards."""

    async def activate(self, hook_id: str) -> Hook:
        """Let Okta deliver."""

    async def deactivate(self, hook_id: str) -> Hook:
        """Let Okta stop delivering; the verification stays."""

    async def verify(self, hook_id: str) -> Hook:
        """Let Okta call the endpoint with a challenge, and wait for the result (about 2 s, up to some 10)."""

    async def delete(self, hook_id: str) -> None:
        """Remove a hook, which has to be INACTIVE."""
