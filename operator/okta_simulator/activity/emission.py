"""Something happened: the System Log gets it, and so do the hooks that it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import msgspec

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.envelope import Waiting
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.event_hooks.interest import interest, naming_hooks
from okta_simulator.event_hooks.outbox import Outbox
from okta_simulator.event_hooks.witness import Witness
from okta_simulator.events.log_event import LogEvent
from okta_simulator.options import Delivery
from okta_simulator.state.collection import Collection


class Log(Protocol):
    """The System Log."""

    def append(self, event: bytes) -> None:
        """Write an event down, which is given as JSON."""


@dataclass(frozen=True)
class Emitter:
    """Spreads events.

    Args:
        hooks: The organisation's hooks.
        log: The System Log.
        outbox: What waits to be delivered.
        witness: Sees each event.
        clock: Okta's time.
        choices: Which hooks an event names.
    """

    hooks: Collection[EventHook]
    log: Log
    outbox: Outbox
    witness: Witness
    clock: Clock
    choices: Delivery

    def emit(self, event: LogEvent) -> None:
        """Write an event down, and let it wait for each hook that it concerns."""
        found = interest(self.hooks, event, self.clock.now())
        configured = found.concerned if self.choices.target_ids_name_filtered_hooks else found.reached
        named = naming_hooks(event, configured)
        text = msgspec.json.encode(named)
        self.log.append(text)
        self.witness.emitted(named, found.reached)
        waiting = Waiting(named.uuid, msgspec.Raw(text))
        for hook_id in found.reached:
            if not self.outbox.put(hook_id, waiting):
                self.witness.given_up(hook_id, (named.uuid,), "Too many events wait for the hook")
