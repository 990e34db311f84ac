"""What everything happens to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import msgspec

from chaos.operators import Operators
from chaos.pod import Pod
from chaos.sink import Sink
from contract.okta_hooks.controller.world import World
from okta_simulator.json_values import JsonObject
from okta_simulator.organization import Organization
from operating.real_pod import Gateway

SIGN_IN = "user.session.start"


@dataclass
class Stage:
    """A hook from Okta to its sink.

    Args:
        world: The namespace with its organisation.
        entrance: What Okta calls.
        pod: What runs for the hook.
        operators: The operator.
        sink: Where events end.
        emitted: The uuids of all events that happened.
    """

    world: World
    entrance: Gateway
    pod: Pod
    operators: Operators
    sink: Sink
    emitted: list[str] = field(default_factory=list)

    @property
    def organization(self) -> Organization:
        """Okta."""
        return self.world.okta.organization

    @property
    def hook_id(self) -> str:
        """The hook in Okta; empty while there is none."""
        return next((hook.id for hook in self.world.hooks_in_okta()), "")

    def emit(self, count: int) -> None:
        """Let events happen."""
        for _ in range(count):
            event = self.organization.activity.generator.of_type(SIGN_IN)
            self.emitted.append(event.uuid)
            self.organization.events.emitter.emit(event)

    async def flow(self, rate: float) -> None:
        """Let so many events happen each second, until this is cancelled."""
        clock = asyncio.get_running_loop().time
        begin, emitted = clock(), 0
        while True:
            due = min(int((clock() - begin) * rate) - emitted, 500)
            self.emit(due)
            emitted += due
            await asyncio.sleep(0.05)

    def event(self, uuid: str) -> JsonObject:
        """An event as Okta's log has it."""
        log = self.organization.events.log
        for position in range(log.end() - 1, log.begin() - 1, -1):
            event: JsonObject = msgspec.json.decode(log.text(position))
            if event["uuid"] == uuid:
                return event
        raise KeyError(uuid)
