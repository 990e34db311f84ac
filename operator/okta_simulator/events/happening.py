"""Something that happens, before it is printed as an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from okta_simulator.events.catalog import EventType
from okta_simulator.events.devices import Device, Model
from okta_simulator.events.log_event import Outcome
from okta_simulator.events.people import Person
from okta_simulator.events.places import Spot
from okta_simulator.json_values import Json, JsonObject


@dataclass(frozen=True)
class Visit:
    """Somebody's stay at Okta: what the events of one session have in common.

    Args:
        spot: Where the requests come from.
        model: What sends them.
        device: The registered device, if it is one.
        session: The session's id; None before there is one.
    """

    spot: Spot
    model: Model
    device: Device | None = None
    session: str | None = None


@dataclass(frozen=True)
class Happening:
    """One event, but for identity and time.

    Args:
        event_type: What kind it is.
        actor: Who does it: a person, or the JSON of an app or of Okta itself.
        visit: Where a request came from; None for work in the background.
        targets: To what.
        outcome: How it ends.
        pause: How long after the one before.
        transaction: Joins events of one operation; a new one when empty.
        credential: The type of credential that was used, in Okta's words.
        debug: Further `debugData`.
        security: Further `securityContext`, such as a risk.
    """

    event_type: EventType
    actor: Person | JsonObject
    visit: Visit | None
    targets: Sequence[JsonObject]
    outcome: Outcome
    pause: timedelta = timedelta()
    transaction: str = ""
    credential: str | None = None
    debug: Mapping[str, Json] = field(default_factory=dict)
    security: Mapping[str, Json] = field(default_factory=dict)
