"""Activity: events on demand, at a rate and in stories, and people who sign in."""

from __future__ import annotations

from okta_simulator.activity.sign_ins import SignIns
from okta_simulator.activity.traffic import Traffic
from okta_simulator.assembly.events import Events
from okta_simulator.assembly.people import People
from okta_simulator.events.catalog import CLASSIC_ENGINE_ONLY
from okta_simulator.events.generator import EventGenerator


class Activity:
    """The services that let something happen.

    Args:
        events: Where events go.
        people: To whom it happens.
    """

    def __init__(self, events: Events, people: People) -> None:
        base = events.audited
        self.generator = EventGenerator(
            people.directory,
            catalog=events.catalog,
            shape=events.shape,
            clock=base.clock,
            ids=base.ids,
            random=base.dice,
            never=CLASSIC_ENGINE_ONLY if base.options.engine == "identity" else frozenset(),
        )
        self.traffic = Traffic(self.generator, events.emitter.emit, base.dice)
        self.sign_ins = SignIns(people.sessions, people.blocklists, self.generator, events.emitter.emit)
