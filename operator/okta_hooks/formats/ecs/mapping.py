"""From Okta's event to a document of ECS."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from okta_hooks.formats.addresses import address, passed_by
from okta_hooks.formats.ecs.categories import categories
from okta_hooks.formats.ecs.document import (
    VERSION,
    AutonomousSystem,
    Cluster,
    Document,
    Ecs,
    Endpoint,
    Event,
    Geo,
    Group,
    Location,
    Observer,
    Orchestrator,
    Organization,
    Os,
    Related,
    TargetUser,
    User,
    UserAgent,
)
from okta_hooks.formats.ecs.okta_fields import Hook, okta_fields
from okta_hooks.formats.log_event import Actor, Client, GeographicalContext, Geolocation, LogEvent, Target
from okta_hooks.formats.moments import rfc3339, rfc3339_of_unix_ns
from okta_hooks.formats.port import Arrival, Origin
from okta_hooks.formats.reading import read

_OUTCOMES: Mapping[str | None, str] = {
    "SUCCESS": "success",
    "ALLOW": "success",
    "FAILURE": "failure",
    "DENY": "failure",
    "RATE_LIMIT": "failure",
}
_ECS = Ecs(VERSION)
_OKTA = Observer("Okta", "System Log")


class EcsFormat:
    """Writes the events of one origin.

    Args:
        origin: Where they come from.
    """

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        # Elasticsearch takes a dot for the way into an object
        self._labels = {name.replace(".", "_"): value for name, value in origin.labels.items()} or None
        self._orchestrator = Orchestrator("kubernetes", Cluster(origin.cluster)) if origin.cluster else None

    def render(self, event: bytes, arrival: Arrival) -> bytes:
        """See `Format`."""
        reading = read(event)
        known = reading.event
        received = rfc3339_of_unix_ns(arrival.received_ns)
        user = _user(known)
        endpoint = _endpoint(known, user)
        document = Document(
            timestamp=rfc3339(known.moment) if known.moment else received,
            ecs=_ECS,
            message=known.display_message,
            event=_event(known, received, original=None if reading.is_whole else event.decode()),
            user=_with_target(user, known),
            client=endpoint,
            source=endpoint,
            user_agent=_user_agent(known.client),
            related=_related(known),
            labels=self._labels,
            observer=_OKTA,
            orchestrator=self._orchestrator,
            okta=okta_fields(reading, Hook(self._origin.org, arrival.path, self._origin.hook_id)),
        )
        return msgspec.json.encode(document)


def _event(event: LogEvent, received: str, *, original: str | None) -> Event:
    kinds = categories(event.event_type or "")
    outcome = event.outcome
    return Event(
        kind=kinds.kind,
        category=kinds.category,
        type=kinds.type,
        action=event.event_type,
        outcome=_OUTCOMES.get(outcome.result if outcome else None, "unknown"),
        reason=outcome.reason if outcome else None,
        id=event.uuid,
        created=received,
        module="okta",
        dataset="okta.system",
        original=original,
    )


def _user(event: LogEvent) -> User | None:
    actor = event.actor
    if actor is None:
        return None
    return User(actor.id, _name(actor), actor.display_name, _email(actor))


def _name(actor: Actor) -> str | None:
    """The part of a login before the `@`, as Elastic's integration has it."""
    return actor.alternate_id.partition("@")[0] or None if actor.alternate_id else None


def _email(actor: Actor) -> str | None:
    return actor.alternate_id if actor.alternate_id and "@" in actor.alternate_id else None


def _with_target(user: User | None, event: LogEvent) -> User | None:
    person, group = _first(event, "User"), _first(event, "Group")
    if person is None and group is None:
        return user
    target = TargetUser(
        id=person.id if person else None,
        name=_name(person) if person else None,
        full_name=person.display_name if person else None,
        email=_email(person) if person else None,
        group=Group(group.id, group.display_name) if group else None,
    )
    return msgspec.structs.replace(user or User(), target=target)


def _first(event: LogEvent, kind: str) -> Target | None:
    """The first target of a kind: `User` and `AppUser` are users, `UserGroup` is a group."""
    return next((target for target in event.target or () if target.type and target.type.endswith(kind)), None)


def _endpoint(event: LogEvent, user: User | None) -> Endpoint | None:
    client, network = event.client, event.security_context
    if client is None and network is None and user is None:
        return None
    organization = Organization(network.as_org) if network and network.as_org else None
    number = network.as_number if network else None
    return Endpoint(
        address=client.ip_address if client else None,
        ip=address(client.ip_address) if client else None,
        domain=network.domain if network else None,
        geo=_geo(client.geographical_context) if client else None,
        autonomous_system=AutonomousSystem(number, organization) if number or organization else None,
        user=user,
    )


def _geo(place: GeographicalContext | None) -> Geo | None:
    if place is None:
        return None
    return Geo(place.city, place.state, place.country, place.postal_code, _location(place.geolocation))


def _location(point: Geolocation | None) -> Location | None:
    if point is None or point.lat is None or point.lon is None:
        return None
    return Location(point.lat, point.lon)


def _user_agent(client: Client | None) -> UserAgent | None:
    agent = client.user_agent if client else None
    if agent is None:
        return None
    return UserAgent(agent.raw_user_agent, agent.browser, Os(agent.os) if agent.os else None)


def _related(event: LogEvent) -> Related:
    users = []
    for one in (event.actor, _first(event, "User")):
        if one is not None:
            users += [one.display_name, one.alternate_id, one.id]
    return Related(tuple(passed_by(event)), tuple(dict.fromkeys(user for user in users if user)))
