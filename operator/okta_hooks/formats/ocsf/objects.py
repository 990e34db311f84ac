"""OCSF's objects, with the attributes that Okta's events have values for; what has none is left out."""

from __future__ import annotations

import msgspec

VERSION = "1.8.0"


class OcsfObject(msgspec.Struct, frozen=True, omit_defaults=True):
    """What all of them have in common."""


class Product(OcsfObject, frozen=True):
    """What reported the event."""

    name: str | None = None
    vendor_name: str | None = None


class KeyValue(OcsfObject, frozen=True):
    """A label."""

    name: str
    value: str


class Metadata(OcsfObject, frozen=True):
    """What is known about the event itself."""

    version: str
    product: Product
    uid: str | None = None
    event_code: str | None = None
    correlation_uid: str | None = None
    tenant_uid: str | None = None
    log_name: str | None = None
    log_version: str | None = None
    log_level: str | None = None
    original_time: str | None = None
    logged_time: int | None = None
    tags: tuple[KeyValue, ...] = ()


class Group(OcsfObject, frozen=True):
    """A group; has a name or a uid."""

    name: str | None = None
    uid: str | None = None


class User(OcsfObject, frozen=True):
    """A user, a program or Okta itself; has a name or a uid."""

    name: str | None = None
    uid: str | None = None
    full_name: str | None = None
    email_addr: str | None = None
    type: str | None = None
    type_id: int | None = None
    risk_level: str | None = None
    risk_level_id: int | None = None


class Session(OcsfObject, frozen=True):
    """A session at Okta."""

    uid: str | None = None


class Actor(OcsfObject, frozen=True):
    """Who acted."""

    user: User | None = None
    session: Session | None = None


class Location(OcsfObject, frozen=True):
    """Where an address is thought to be; `desc` has the country, whose name Okta gives and not its code."""

    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    desc: str | None = None
    lat: float | None = None
    long: float | None = None


class AutonomousSystem(OcsfObject, frozen=True):
    """The network of an address."""

    number: int | None = None
    name: str | None = None


class Endpoint(OcsfObject, frozen=True):
    """Where a request came from."""

    ip: str | None = None
    intermediate_ips: tuple[str, ...] = ()
    name: str | None = None
    domain: str | None = None
    isp: str | None = None
    location: Location | None = None
    autonomous_system: AutonomousSystem | None = None
    type: str | None = None
    type_id: int | None = None
    zone: str | None = None


class HttpRequest(OcsfObject, frozen=True):
    """The request that the event came of."""

    user_agent: str | None = None


class Entity(OcsfObject, frozen=True):
    """A thing that is managed; has a name or a uid."""

    name: str | None = None
    uid: str | None = None
    type: str | None = None
    type_id: int | None = None


class Service(OcsfObject, frozen=True):
    """What somebody signs in to."""

    name: str | None = None
    uid: str | None = None


class Resource(OcsfObject, frozen=True):
    """Something that was touched; has a name or a uid."""

    name: str | None = None
    uid: str | None = None
    type: str | None = None


class Api(OcsfObject, frozen=True):
    """What was called."""

    operation: str
    service: Service | None = None


class FindingInfo(OcsfObject, frozen=True):
    """What was found."""

    uid: str
    title: str | None = None
    types: tuple[str, ...] = ()
    created_time: int | None = None


class Evidence(OcsfObject, frozen=True):
    """What a finding rests on."""

    actor: Actor | None = None
    src_endpoint: Endpoint | None = None
    user: User | None = None


class Observable(OcsfObject, frozen=True):
    """A value in the event that can be searched for."""

    name: str
    type_id: int
    value: str


class Hook(msgspec.Struct, frozen=True, rename="camel"):
    """By which hook the event came, and how; OCSF has no attributes for that."""

    org: str
    hook_id: str
    cluster: str
    path: str
