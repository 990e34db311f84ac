"""The stage on which things happen: one organisation's people and things, and how they meet."""

from __future__ import annotations

from random import Random

from okta_simulator.directory.group import Group
from okta_simulator.events.catalog import Catalog, EventType
from okta_simulator.events.happening import Happening, Visit
from okta_simulator.events.people import Cast, Person
from okta_simulator.events.printing import OKTA_ITSELF, person_json
from okta_simulator.events.things import Things, changed
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject

_SESSION_LASTS = 40
"""Events of one session, more or less, before a person signs in anew."""


class Scene:
    """Chooses who does what to whom, so that it makes sense.

    Args:
        cast: Who may appear.
        things: What else there is.
        catalog: What can happen.
        ids: Makes ids of sessions and of accounts in apps.
        random: Decides.
    """

    def __init__(self, cast: Cast, things: Things, catalog: Catalog, ids: Ids, random: Random) -> None:
        self.cast = cast
        self.things = things
        self.random = random
        self._catalog = catalog
        self._ids = ids
        self._visits: dict[str, Visit] = {}
        self._accounts: dict[tuple[str, str], JsonObject] = {}

    def event_type(self, name: str) -> EventType:
        """The type of a name.

        Raises:
            KeyError: The catalogue does not have it.
        """
        event_type = self._catalog.get(name)
        if event_type is None:
            raise KeyError(name)
        return event_type

    def somebody(self) -> Person:
        """Any of the people."""
        return self.random.choice(self.cast.people)

    def administrator(self) -> Person:
        """Any of the administrators."""
        return self.random.choice(self.cast.administrators or self.cast.people)

    def visit(self, person: Person) -> Visit:
        """Where a person is signed in now."""
        visit = self._visits.get(person.id)
        if visit is None or self.random.randrange(_SESSION_LASTS) == 0:
            visit = self._visits[person.id] = self.new_visit(person)
        return visit

    def new_visit(self, person: Person) -> Visit:
        """A sign-in from the office or from home with the laptop, or underway with the phone."""
        session = self._ids.new("102")
        match self.random.randrange(10):
            case 0 | 1:
                return Visit(person.underway, person.phone.model, person.phone, session)
            case 2 | 3 | 4 | 5:
                return Visit(person.home, person.laptop.model, person.laptop, session)
            case _:
                return Visit(person.office, person.laptop.model, person.laptop, session)

    def happening(self, name: str, person: Person | None = None) -> Happening:
        """Something of a type, done by or to a person."""
        event_type = self.event_type(name)
        person = person or self.somebody()
        outcome = self.random.choice(event_type.outcomes)
        actor = self._actor(event_type, person)
        targets = [self.target(kind, person) for kind in event_type.targets]
        if targets and "update" in name:
            targets[0] = changed(targets[0])
        visitor = actor if isinstance(actor, Person) else person
        return Happening(
            event_type=event_type,
            actor=actor,
            visit=self.visit(visitor) if event_type.transaction == "WEB" else None,
            targets=targets,
            outcome=outcome,
            credential="PASSWORD" if name == "user.session.start" else None,
        )

    def target(self, kind: str, person: Person) -> JsonObject:
        """Something of a kind that a person has to do with."""
        match kind:
            case "User":
                return person_json(person)
            case "UserGroup":
                groups = [group for group in self.cast.groups if person.id in group.members] or self.cast.groups
                return _group_json(self.random.choice(groups))
            case "AppUser":
                return self.account(person, self.things.one("AppInstance", self.random))
            case "Device":
                device = person.laptop
                return {
                    "id": device.id,
                    "type": "Device",
                    "alternateId": "unknown",
                    "displayName": device.model.name,
                    "detailEntry": None,
                }
            case _:
                return self.things.one(kind, self.random)

    def groups_of(self, person: Person) -> list[JsonObject]:
        """The groups that a person is in."""
        return [_group_json(group) for group in self.cast.groups if person.id in group.members]

    def account(self, person: Person, app: JsonObject) -> JsonObject:
        """A person's account in an app."""
        key = (person.id, str(app["id"]))
        if key not in self._accounts:
            self._accounts[key] = {
                "id": self._ids.new("0ua"),
                "type": "AppUser",
                "alternateId": person.login,
                "displayName": person.name,
                "detailEntry": None,
            }
        return self._accounts[key]

    def _actor(self, event_type: EventType, person: Person) -> Person | JsonObject:
        match event_type.actor:
            case "person":
                return person
            case "admin":
                return self.administrator()
            case "app":
                return self.things.one("PublicClientApp", self.random)
            case "system":
                return OKTA_ITSELF


def _group_json(group: Group) -> JsonObject:
    return {
        "id": group.id,
        "type": "UserGroup",
        "alternateId": "unknown",
        "displayName": group.name,
        "detailEntry": None,
    }
