"""OCSF's users, actors, groups and other things, from Okta's actors and targets.

Where OCSF requires one and the event has none, or what was there is dropped, it has the name `Unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from okta_hooks.formats.log_event import Actor, LogEvent, Target
from okta_hooks.formats.ocsf import objects
from okta_hooks.formats.ocsf.objects import Entity, Group, Resource, Service, Session, User

_UNKNOWN = "Unknown"
UNKNOWN_ACTOR = objects.Actor(User(_UNKNOWN))
_OKTA = Service("Okta")
_EMAIL = re.compile(r"[a-zA-Z0-9!#$%&'*+-/=?^_`{|}~.]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+")
"""What OCSF takes for an e-mail address."""

_USER_TYPES: Mapping[str, int] = {
    "User": 1,
    "AppUser": 1,
    "SystemPrincipal": 3,
    "PublicClientApp": 4,
    "PublicClientAppEntity": 4,
    "AiAgent": 4,
}
_ENTITY_TYPES: Mapping[str, int] = {
    "Device": 1,
    "User": 2,
    "AppUser": 2,
    "UserGroup": 3,
    "Policy": 5,
    "PolicyEntity": 5,
    "PolicyRule": 5,
    "Zone": 7,
}
_OTHER = 99
_ACCOUNTS = ("User", "AppUser", "PublicClientApp", "AiAgent")
"""Types of targets that can have access to something; the first type that there is counts."""


def actor(event: LogEvent) -> objects.Actor | None:
    """Who acted; None if nothing is known of it."""
    user = _user(event.actor) if event.actor else None
    current = session(event)
    return objects.Actor(user, current) if user or current else None


def session(event: LogEvent) -> Session | None:
    """The session in which it happened."""
    context = event.authentication_context
    return Session(context.external_session_id) if context and context.external_session_id else None


def signed_in(event: LogEvent) -> User:
    """Who signs in or out, or is signed out by another. An account in an app is not what signs in to Okta."""
    return _user_among(event, ("User",))


def user(event: LogEvent) -> User:
    """Whose account or access it is about: of who acted, where it was done to nobody else."""
    return _user_among(event, _ACCOUNTS)


def group(event: LogEvent) -> Group:
    """Which group it happened to."""
    for target in _of_type(event, "UserGroup"):
        if target.display_name or target.id:
            return Group(target.display_name, target.id)
    return Group(_UNKNOWN)


def member(event: LogEvent) -> User | None:
    """Which user a group got or lost."""
    return next((found for target in _of_type(event, "User") if (found := _user(target))), None)


def entity(event: LogEvent) -> Entity:
    """Which thing it happened to."""
    for target in event.target or ():
        if target.display_name or target.id:
            kind = _ENTITY_TYPES.get(target.type or "", _OTHER)
            return Entity(target.display_name, target.id, target.type, kind)
    return Entity(_UNKNOWN)


def service(event: LogEvent) -> Service:
    """What somebody signs in to: an app, or Okta itself."""
    for target in _of_type(event, "AppInstance"):
        if target.display_name or target.id:
            return Service(target.display_name, target.id)
    return _OKTA


def privileges(event: LogEvent) -> tuple[str, ...]:
    """What somebody may do now, or no longer: the names of roles, apps and the like."""
    return tuple(target.display_name for target in _not_accounts(event) if target.display_name)


def resources(event: LogEvent) -> tuple[Resource, ...]:
    """What it was done to, besides accounts."""
    return tuple(
        Resource(target.display_name, target.id, target.type)
        for target in _not_accounts(event)
        if target.display_name or target.id
    )


def _user_among(event: LogEvent, kinds: Sequence[str]) -> User:
    for kind in kinds:
        for target in _of_type(event, kind):
            if found := _user(target):
                return found
    return (_user(event.actor) if event.actor else None) or User(_UNKNOWN)


def _of_type(event: LogEvent, kind: str) -> Iterator[Target]:
    return (target for target in event.target or () if target.type == kind)


def _not_accounts(event: LogEvent) -> Iterator[Target]:
    return (target for target in event.target or () if target.type not in _ACCOUNTS)


def _user(one: Actor) -> User | None:
    name = one.alternate_id or one.display_name
    if not name and not one.id:
        return None
    return User(
        name=name,
        uid=one.id,
        full_name=one.display_name,
        email_addr=one.alternate_id if one.alternate_id and _EMAIL.fullmatch(one.alternate_id) else None,
        type=one.type,
        type_id=_USER_TYPES.get(one.type or "", _OTHER if one.type else 0),
    )
