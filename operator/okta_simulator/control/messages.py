"""The bodies of the control API, as its server and its clients share them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

import msgspec

from okta_simulator.activity.traffic import FASTEST
from okta_simulator.directory.sessions import SessionKind
from okta_simulator.events.log_event import LogEvent
from okta_simulator.faults.delivery import DeliveryFault
from okta_simulator.faults.management import ManagementFault
from okta_simulator.faults.schedule import Planned
from okta_simulator.json_values import JsonObject

PlannedManagementFault: TypeAlias = Planned[ManagementFault]
PlannedDeliveryFault: TypeAlias = Planned[DeliveryFault]


class ClockState(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What Okta's clock shows, and how many of its seconds pass in one here."""

    now: datetime
    speed: float


class ClockChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A change of the clock: a step ahead, and its speed from then on."""

    speed: float | None = None
    advance_seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0


class Faults(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """All faults that are planned and not over."""

    management: list[PlannedManagementFault]
    delivery: list[PlannedDeliveryFault]


class Done(msgspec.Struct, frozen=True):
    """It was done; there is nothing to say about it."""


class HookChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What to change of a hook; what is left out stays.

    Attributes:
        verification_status: `VERIFIED` as Okta's support can make it, without a call to the endpoint.
        secret: What Okta sends in the hook's secret header from now on.
    """

    name: str | None = None
    uri: str | None = None
    event_types: list[str] | None = None
    status: Literal["ACTIVE", "INACTIVE"] | None = None
    verification_status: Literal["VERIFIED", "UNVERIFIED"] | None = None
    secret: str | None = None


class ChangedHook(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A hook after a change, or before its deletion."""

    id: str
    name: str
    status: str
    verification_status: str


class ConsoleEvents(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What the console's preview shows or sends.

    Attributes:
        uuids: Events of the System Log, as they are.
        events: Events as somebody edited them; one with a known uuid is sent under it.
    """

    uuids: list[str] = []
    events: list[JsonObject] = []


class ConsoleAnswer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the endpoint said to the console's Deliver: status and body, or why it said nothing."""

    status: int | None = None
    body: str | None = None
    failure: str | None = None


class NewApiToken(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """An API token that is wanted.

    Attributes:
        login: Its owner, whose rights it has; the organisation's super administrator when absent.
        token: The token itself, where a client knows it in advance; else random.
    """

    login: str | None = None
    name: str = "control"
    token: str | None = None


class IssuedApiToken(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A new API token."""

    id: str
    token: str


class PresentedApiToken(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """An API token, named by itself."""

    token: str


class NewServiceApp(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A service app that is wanted.

    Attributes:
        scopes: What is granted to it, such as `okta.eventHooks.manage`.
        keys: Public keys as JSON Web Keys; without any, one is made and its private part is answered.
        dpop_required: Whether its tokens are bound to a key; the organisation's default when absent.
    """

    label: str
    scopes: list[str]
    keys: list[dict[str, object]] = []
    admin_roles: tuple[str, ...] = ("SUPER_ADMIN",)
    dpop_required: bool | None = None


class RegisteredServiceApp(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A new service app; with its private key (PEM) where the organisation made it."""

    client_id: str
    scopes: list[str]
    private_key: str | None = None
    key_id: str | None = None


class NewEvents(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Events that are to happen now.

    Attributes:
        events: Whole events, emitted as they are; where there are any, nothing else is looked at.
        types: Types that are emitted in turn; where there are none, a working day's mixture.
        count: How many of them.
        login: The person that events of the types are about; anybody when absent.
    """

    count: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 1
    types: tuple[str, ...] = ()
    login: str | None = None
    events: list[LogEvent] = []


class Emitted(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The events that happened, in their order."""

    uuids: list[str]


class Rate(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Events that happen by themselves: how many in a real second, and of which types (a working day's when empty)."""

    events_per_second: Annotated[float, msgspec.Meta(ge=0, le=FASTEST)]
    types: tuple[str, ...] = ()


class NewStory(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A story that is to happen.

    Attributes:
        login: To whom; to anybody when absent.
        pace: What its pauses, in Okta's time, are multiplied with; 0 leaves them out.
    """

    story: str
    login: str | None = None
    pace: Annotated[float, msgspec.Meta(ge=0, le=1000)] = 1.0


class SignIn(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Somebody tries to sign in as a person.

    Attributes:
        address: From where; the person's home when absent.
        kind: With Okta, or with an app that keeps a session of its own.
        refresh_token: Whether the app gets a refresh token.
    """

    address: str | None = None
    right_password: bool = True
    kind: SessionKind = "identity provider"
    refresh_token: bool = False


class SignInEnd(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How it ended: `signed in`, `wrong password`, `refused` for the account's status, `blocked` for the address."""

    result: str


class ZonePolicies(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The policies that speak of a zone, by name; a zone that any speaks of can't be deleted."""

    policies: frozenset[str]


class Admission(msgspec.Struct, frozen=True, rename="camel"):
    """Whether a request would be let in; if not, the name of the zone that shuts it out."""

    blocked: bool
    zone: str | None = None
