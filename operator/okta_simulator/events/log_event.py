"""A System Log event, as the management API and a delivery carry it (Okta's `LogEvent`)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from okta_simulator.audit import Severity
from okta_simulator.json_values import JsonObject

Timestamp: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
"""A time as Okta prints an event's: UTC, always three digits of a second. Its order as text is its order in time."""


def timestamp(moment: datetime) -> Timestamp:
    """A moment as Okta prints it in an event."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it ended; `result` is one of Okta's words such as SUCCESS, FAILURE, DENY or RATE_LIMIT."""

    result: str
    reason: str | UnsetType | None = UNSET


class LogEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One event. Fields that are `UNSET` are left out of the JSON; None is printed as null.

    The contexts are loose objects on purpose: Okta adds fields to them, and says that `debugContext.debugData` is no
    contract.
    """

    uuid: str
    published: Timestamp
    event_type: str
    version: str = "0"
    severity: Severity = "INFO"
    display_message: str
    actor: JsonObject
    outcome: Outcome
    target: list[JsonObject] | UnsetType | None = UNSET
    client: JsonObject | UnsetType | None = UNSET
    request: JsonObject | UnsetType | None = UNSET
    device: JsonObject | UnsetType | None = UNSET
    security_context: JsonObject | UnsetType | None = UNSET
    authentication_context: JsonObject | UnsetType | None = UNSET
    transaction: JsonObject | UnsetType | None = UNSET
    debug_context: JsonObject | UnsetType | None = UNSET
    legacy_event_type: str | UnsetType | None = UNSET
