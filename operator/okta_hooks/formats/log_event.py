"""Okta's event as formats read it: the fields of `LogEvent` in Okta's OpenAPI document that a format maps.

Nothing is required, and null counts as missing: Okta prints explicit nulls or leaves fields out. What Okta calls no
contract (`debugData`, `detailEntry`, `changeDetails`) is kept as it was written.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import msgspec

ABSENT = msgspec.Raw(b"null")
"""What is kept as it was written, where there is nothing."""


def given(raw: msgspec.Raw) -> msgspec.Raw | None:
    """What is kept as it was written, if there is anything."""
    return None if bytes(raw) == b"null" else raw


class Part(msgspec.Struct, frozen=True, rename="camel"):
    """What an object within an event has in common with the others."""


class Actor(Part, frozen=True):
    """Who acted."""

    id: str | None = None
    type: str | None = None
    alternate_id: str | None = None
    display_name: str | None = None
    detail_entry: msgspec.Raw = ABSENT


class Target(Actor, frozen=True):
    """What it was done to."""

    change_details: msgspec.Raw = ABSENT


class Geolocation(Part, frozen=True):
    """A place on Earth, in degrees."""

    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = None


class GeographicalContext(Part, frozen=True):
    """Where an address is thought to be."""

    city: str | None = None
    state: str | None = None
    country: str | None = None
    postal_code: str | None = None
    geolocation: Geolocation | None = None


class UserAgent(Part, frozen=True):
    """What program sent the request."""

    raw_user_agent: str | None = None
    os: str | None = None
    browser: str | None = None


class DebugData(Part, frozen=True):
    """What is found in `debugData` now and then; none of it is promised."""

    device_fingerprint: str | None = None
    dt_hash: str | None = None
    factor: str | None = None
    request_id: str | None = None
    request_uri: str | None = None
    threat_suspected: str | None = None
    url: str | None = None


class IpAddress(Part, frozen=True):
    """One of the addresses that a request came through."""

    ip: str | None = None


class Client(Part, frozen=True):
    """Where the request came from. Deliveries have `ipChain` here, the System Log has it in `request`."""

    id: str | None = None
    device: str | None = None
    ip_address: str | None = None
    user_agent: UserAgent | None = None
    geographical_context: GeographicalContext | None = None
    zone: str | None = None
    ip_chain: list[IpAddress] | None = None


class Request(Part, frozen=True):
    """The addresses that it came through."""

    ip_chain: list[IpAddress] | None = None


class Outcome(Part, frozen=True):
    """How it ended."""

    result: str | None = None
    reason: str | None = None


class Issuer(Part, frozen=True):
    """Who vouched for the actor."""

    id: str | None = None
    type: str | None = None


class AuthenticationContext(Part, frozen=True):
    """How the actor had proved who they are."""

    authentication_provider: str | None = None
    authentication_step: int | None = None
    credential_provider: str | None = None
    credential_type: str | None = None
    external_session_id: str | None = None
    interface: str | None = None
    issuer: Issuer | None = None


class Risk(Part, frozen=True):
    """What Okta thinks of it."""

    level: str | None = None
    previous_level: str | None = None
    detection_name: str | None = None
    reasons: list[str] | None = None


class SecurityContext(Part, frozen=True):
    """What is known of the client's network."""

    as_number: Annotated[int, msgspec.Meta(ge=0, lt=1 << 31)] | None = None
    as_org: str | None = None
    isp: str | None = None
    domain: str | None = None
    is_proxy: bool | None = None
    risk: Risk | None = None
    user_behaviors: msgspec.Raw = ABSENT


class Transaction(Part, frozen=True):
    """The request or the job that the event is a part of."""

    id: str | None = None
    type: str | None = None
    detail: msgspec.Raw = ABSENT


class DebugContext(Part, frozen=True):
    """What is meant for people who look for faults."""

    debug_data: msgspec.Raw = ABSENT


class LogEvent(Part, frozen=True):
    """The event."""

    uuid: str | None = None
    published: datetime | None = None
    event_type: str | None = None
    version: str | None = None
    severity: str | None = None
    legacy_event_type: str | None = None
    display_message: str | None = None
    actor: Actor | None = None
    client: Client | None = None
    request: Request | None = None
    outcome: Outcome | None = None
    target: list[Target] | None = None
    transaction: Transaction | None = None
    debug_context: DebugContext | None = None
    authentication_context: AuthenticationContext | None = None
    security_context: SecurityContext | None = None

    @property
    def moment(self) -> datetime | None:
        """When Okta published it; a time without a zone counts as UTC, which is Okta's."""
        if self.published is None or self.published.tzinfo:
            return self.published
        return self.published.replace(tzinfo=UTC)
