"""What the operator asks of an Okta organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True)
class LogQuery:
    """A query of the System Log, oldest first.

    Without `until` it is what Okta calls a polling query: in the order in which entries were persisted, and endless,
    since each page says where to go on, an empty one too. With `until` it is a bounded one: in the order of
    `published`, and ended by the page that names no next.

    Args:
        since: Entries at or after; persisted in a polling query, published in a bounded one.
        until: Published before.
        after: Where to go on, as the page before said; then `since` does not count.
        filter: Okta's expression; empty for all entries.
        limit: The most entries of a page, up to 1,000.
    """

    since: datetime | None = None
    until: datetime | None = None
    after: str = ""
    filter: str = ""
    limit: int = 1000


@dataclass(frozen=True)
class LogPage:
    """A page of the System Log.

    Args:
        body: The entries, a JSON array as Okta sent it.
        next: Where the next page begins; empty where Okta names none.
        limit: How many entries it could have: less than were asked for where these are very large.
        told_at: When Okta answered, by its own clock; None where it does not say.
    """

    body: bytes = field(repr=False)
    next: str
    limit: int
    told_at: datetime | None = None


class SystemLog(Protocol):
    """The System Log of one organisation. May raise each of `okta_hooks.okta.errors`."""

    async def page(self, query: LogQuery) -> LogPage:
        """One page of a query."""
