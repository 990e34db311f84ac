"""Events on demand: one of a type, or the mixture of a working day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from okta_simulator.clock import Clock
from okta_simulator.directory.directory import Directory
from okta_simulator.directory.user import User
from okta_simulator.events import stories
from okta_simulator.events.catalog import Catalog
from okta_simulator.events.log_event import LogEvent
from okta_simulator.events.people import Cast, Person, person_of
from okta_simulator.events.printing import Printer
from okta_simulator.events.scene import Scene
from okta_simulator.events.shape import Shape
from okta_simulator.events.stories import STORIES
from okta_simulator.events.things import Things
from okta_simulator.ids import Ids

_ANY = "any other"
_EVERYDAY: Mapping[str, int] = {
    "user.authentication.sso": 36,
    "user.session.start": 18,
    "user.authentication.auth_via_mfa": 18,
    "user.session.end": 6,
    "application.provision.user.sync": 4,
    "application.user_membership.add": 3,
    "application.user_membership.remove": 2,
    "group.user_membership.add": 3,
    "group.user_membership.remove": 2,
    "system.email.delivery": 3,
    "user.account.update_profile": 2,
    "user.account.update_password": 1,
    "user.mfa.factor.activate": 1,
    "system.import.start": 1,
}
"""What a working day is mostly made of; one event in a hundred is of any other eligible type."""


class EventGenerator:
    """Makes events of one organisation; the same seeds make the same events.

    Args:
        directory: Whose people appear in them.
        catalog: What can happen.
        shape: How events are printed.
        clock: Okta's time.
        ids: Makes identities.
        random: Decides.
        never: Types that do not happen by themselves in this organisation.
    """

    def __init__(
        self,
        directory: Directory,
        *,
        catalog: Catalog,
        shape: Shape,
        clock: Clock,
        ids: Ids,
        random: Random,
        never: frozenset[str] = frozenset(),
    ) -> None:
        self._directory = directory
        self._seen = directory.revision
        self._scene = Scene(Cast.of(directory), Things(ids), catalog, ids, random)
        self._printer = Printer(shape, clock, ids, random)
        self._clock = clock
        self._random = random
        self._eligible = [event_type.name for event_type in catalog.eligible() if event_type.name not in never]

    def of_type(self, name: str, user: User | None = None) -> LogEvent:
        """An event of a type, published now, done by or to a user where one is named.

        Raises:
            KeyError: The catalogue does not have the type.
        """
        self._look_around()
        return self._event(name, person_of(user) if user else None)

    def everyday(self, count: int) -> Iterator[LogEvent]:
        """The mixture of a working day, each event published when it is taken."""
        self._look_around()
        names = self._random.choices((*_EVERYDAY, _ANY), (*_EVERYDAY.values(), 1), k=count)
        for name in names:
            yield self._event(self._random.choice(self._eligible) if name == _ANY else name)

    def signed_in(self, user: User, address: str) -> LogEvent:
        """A user signs in from an address.

        Raises:
            ValueError: It is no IP address.
        """
        return self._printer.event(stories.signed_in(self._scene, person_of(user), address))

    def failed_sign_in(self, user: User, address: str) -> LogEvent:
        """Somebody tries a wrong password of a user from an address.

        Raises:
            ValueError: It is no IP address.
        """
        return self._printer.event(stories.failed_sign_in(self._scene, person_of(user), address))

    async def tell(self, story: str, user: User | None, emit: Callable[[LogEvent], None], *, pace: float = 1.0) -> None:
        """Let one of the `stories` happen to a user, or to anybody.

        Args:
            story: Its name in `STORIES`.
            user: To whom.
            emit: Takes each event at its time.
            pace: What the story's pauses are multiplied with; 0 leaves them out.

        Raises:
            KeyError: There is no such story.
        """
        self._look_around()
        person = person_of(user) if user else self._scene.somebody()
        for happening in STORIES[story](self._scene, person):
            if pause := happening.pause * pace:
                await self._clock.sleep(pause)
            emit(self._printer.event(happening))

    def _event(self, name: str, person: Person | None = None) -> LogEvent:
        return self._printer.event(self._scene.happening(name, person))

    def _look_around(self) -> None:
        """The directory may have changed."""
        if self._seen != self._directory.revision:
            self._seen = self._directory.revision
            self._scene.cast = Cast.of(self._directory)
