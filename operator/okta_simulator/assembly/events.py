"""Events: their catalogue, the System Log, and the way from what happened to the hooks that it concerns."""

from __future__ import annotations

from okta_simulator.activity.emission import Emitter
from okta_simulator.assembly.foundation import AuditedFoundation, Foundation
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.event_hooks.outbox import Outbox
from okta_simulator.events.administrative import AuditTrail
from okta_simulator.events.catalog import Catalog
from okta_simulator.events.shape import Shape
from okta_simulator.ground_truth import GroundTruth
from okta_simulator.management.endpoint import Resource
from okta_simulator.management.logs import LogsResource
from okta_simulator.state.collection import Collection
from okta_simulator.system_log.log import SystemLog


class Events:
    """The services about events.

    Args:
        base: What they stand on.
    """

    def __init__(self, base: Foundation) -> None:
        options = base.options
        self.catalog = Catalog()
        self.shape = Shape(options.log)
        self.log = SystemLog(base.clock, options.log, base.dice, base.recorder)
        self.hooks = Collection("event_hook", EventHook, base.recorder)
        self.outbox = Outbox(options.delivery.waiting_events)
        self.truth = GroundTruth(base.clock)
        self.emitter = Emitter(self.hooks, self.log, self.outbox, self.truth, base.clock, options.delivery)
        self.audited = AuditedFoundation(
            **vars(base),
            audit=AuditTrail(self.emitter.emit, clock=base.clock, ids=base.ids, catalog=self.catalog, shape=self.shape),
        )

    def resources(self) -> tuple[Resource, ...]:
        """The part of the management API about events."""
        base = self.audited
        return (LogsResource(self.log, base.clock, base.options.log, base.url),)
