"""A document's fields, as ECS 9.4 names and types them; what has no value is left out."""

from __future__ import annotations

import msgspec

from okta_hooks.formats.ecs.okta_fields import Okta

VERSION = "9.4.0"


class Fields(msgspec.Struct, frozen=True, omit_defaults=True):
    """What all sets of fields have in common."""


class Ecs(Fields, frozen=True):
    """Which ECS it is."""

    version: str | None = None


class Event(Fields, frozen=True):
    """What happened."""

    kind: str | None = None
    category: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    action: str | None = None
    outcome: str | None = None
    reason: str | None = None
    id: str | None = None
    created: str | None = None
    module: str | None = None
    dataset: str | None = None
    provider: str | None = None
    original: str | None = None


class Location(Fields, frozen=True):
    """A point; both numbers are given, or there is none."""

    lat: float
    lon: float


class Geo(Fields, frozen=True):
    """Where an address is thought to be."""

    city_name: str | None = None
    region_name: str | None = None
    country_name: str | None = None
    postal_code: str | None = None
    location: Location | None = None


class Group(Fields, frozen=True):
    """A group."""

    id: str | None = None
    name: str | None = None


class TargetUser(Fields, frozen=True):
    """A user to whom something was done."""

    id: str | None = None
    name: str | None = None
    full_name: str | None = None
    email: str | None = None
    group: Group | None = None


class User(Fields, frozen=True):
    """Who acted."""

    id: str | None = None
    name: str | None = None
    full_name: str | None = None
    email: str | None = None
    target: TargetUser | None = None


class Organization(Fields, frozen=True):
    """Whose network it is."""

    name: str | None = None


class AutonomousSystem(Fields, frozen=True):
    """The network of an address."""

    number: int | None = None
    organization: Organization | None = None


class Endpoint(Fields, frozen=True):
    """Where a request came from; `address` is as Okta has it, `ip` only if it is an address."""

    address: str | None = None
    ip: str | None = None
    domain: str | None = None
    geo: Geo | None = None
    autonomous_system: AutonomousSystem | None = msgspec.field(default=None, name="as")
    user: User | None = None


class Os(Fields, frozen=True):
    """An operating system."""

    name: str | None = None


class UserAgent(Fields, frozen=True):
    """What program sent the request."""

    original: str | None = None
    name: str | None = None
    os: Os | None = None


class Related(Fields, frozen=True):
    """Everything in the document that can be searched for by its value alone."""

    ip: tuple[str, ...] = ()
    user: tuple[str, ...] = ()


class Cluster(Fields, frozen=True):
    """A cluster."""

    name: str | None = None


class Orchestrator(Fields, frozen=True):
    """Where the hook's receiver runs."""

    type: str | None = None
    cluster: Cluster | None = None


class Observer(Fields, frozen=True):
    """Who saw it."""

    vendor: str | None = None
    product: str | None = None


class Document(Fields, frozen=True):
    """The whole."""

    timestamp: str | None = msgspec.field(default=None, name="@timestamp")
    ecs: Ecs | None = None
    message: str | None = None
    event: Event | None = None
    user: User | None = None
    client: Endpoint | None = None
    source: Endpoint | None = None
    user_agent: UserAgent | None = None
    related: Related | None = None
    labels: dict[str, str] | None = None
    observer: Observer | None = None
    orchestrator: Orchestrator | None = None
    okta: Okta | None = None
