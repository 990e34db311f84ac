"""An event hook as the organisation keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Status = Literal["ACTIVE", "INACTIVE"]
VerificationStatus = Literal["UNVERIFIED", "VERIFIED"]


class Header(msgspec.Struct, frozen=True):
    """A header that Okta sends with each request to the endpoint; its value is no secret."""

    key: str
    value: str


class AuthScheme(msgspec.Struct, frozen=True):
    """The header that proves to the endpoint that Okta calls.

    Attributes:
        key: The header's name, in the case in which it was given.
        value: The secret; no answer of the API carries it. None after a replace that left it out.
    """

    key: str
    value: str | None = None

    def __repr__(self) -> str:
        """Everything but the secret, so that no log line or failed test shows it."""
        return f"AuthScheme(key={self.key!r})"


class Channel(msgspec.Struct, frozen=True):
    """Where the events go and what Okta sends with them."""

    uri: str
    headers: tuple[Header, ...] = ()
    auth: AuthScheme | None = None


class EventFilter(msgspec.Struct, frozen=True):
    """A condition in Okta Expression Language on the events of one type."""

    event_type: str
    expression: str


class EventHook(msgspec.Struct, frozen=True, kw_only=True):
    """An event hook.

    Attributes:
        id: Okta's identifier, `who` and 17 characters.
        filters: None where the hook was written without any, which the API tells apart from an empty list.
        created_by: The id of the user or service app that made it.
        flows_from: Events before this time do not reach the hook (Okta: "several minutes" after a change).
    """

    id: str
    name: str
    description: str | None
    status: Status
    verification_status: VerificationStatus
    created: datetime
    created_by: str
    last_updated: datetime
    event_types: frozenset[str]
    filters: tuple[EventFilter, ...] | None
    channel: Channel
    flows_from: datetime

    @property
    def receives_events(self) -> bool:
        """Whether Okta sends events to it at all."""
        return self.status == "ACTIVE" and self.verification_status == "VERIFIED"
