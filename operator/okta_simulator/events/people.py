"""The directory's people as they show in events: each with a home, an office, a laptop and a phone that stay theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from msgspec import UNSET

from okta_simulator.directory.directory import Directory
from okta_simulator.directory.group import Group
from okta_simulator.directory.user import User
from okta_simulator.events.devices import COMPUTERS, PHONES, Device
from okta_simulator.events.places import HOMES, MOBILE, OFFICE, PLACES, Spot, place_of
from okta_simulator.ids import Ids


@dataclass(frozen=True)
class Person:
    """Somebody, and where and with what they work."""

    user: User
    home: Spot
    office: Spot
    underway: Spot
    laptop: Device
    phone: Device

    @property
    def id(self) -> str:
        """The user's id."""
        return self.user.id

    @property
    def login(self) -> str:
        """What they sign in as."""
        return self.user.profile.login

    @property
    def name(self) -> str:
        """What they are called."""
        return self.user.profile.full_name


def person_of(user: User) -> Person:
    """The person behind a user; everything about them follows from the user's id, so that it never changes."""
    random = Random(user.id)
    ids = Ids(random.getrandbits(64))
    city = user.profile.city
    place = (place_of(city) if city is not UNSET else None) or random.choice(PLACES)
    provider = random.choice(HOMES)
    return Person(
        user=user,
        home=Spot(provider.address(random), place, provider),
        office=Spot(OFFICE.address(random), place, OFFICE),
        underway=Spot(MOBILE.address(random), place, MOBILE),
        laptop=Device(ids.new("guo"), random.choice(COMPUTERS), random.randbytes(16).hex()),
        phone=Device(ids.new("guo"), random.choice(PHONES), random.randbytes(16).hex()),
    )


@dataclass(frozen=True)
class Cast:
    """Who may appear in events: a moment's picture of the directory.

    Args:
        people: Everybody who can sign in.
        administrators: Those of them who have a role.
        groups: The groups.
    """

    people: Sequence[Person]
    administrators: Sequence[Person]
    groups: Sequence[Group]

    @classmethod
    def of(cls, directory: Directory) -> Cast:
        """The cast that a directory has now."""
        people = {user.id: person_of(user) for user in directory.users() if user.may_sign_in}
        administrators = [people[user.id] for user in directory.administrators() if user.id in people]
        return cls(tuple(people.values()), tuple(administrators), tuple(directory.groups()))
