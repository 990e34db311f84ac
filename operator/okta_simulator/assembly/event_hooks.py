"""Event hooks: the hooks themselves, their verification, and the delivery of events to them."""

from __future__ import annotations

from okta_simulator.assembly.events import Events
from okta_simulator.event_hooks.circuit_breaker import CircuitBreaker
from okta_simulator.event_hooks.console import Console
from okta_simulator.event_hooks.courier import Courier
from okta_simulator.event_hooks.daily_cap import Count, DailyCap
from okta_simulator.event_hooks.delivery import Delivery
from okta_simulator.event_hooks.endpoint import EndpointClient
from okta_simulator.event_hooks.failures import Failures
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.event_hooks.verification import Verification
from okta_simulator.faults.delivery import DeliveryFault, ScheduledDeliveryFaults
from okta_simulator.faults.schedule import Schedule
from okta_simulator.management.endpoint import Resource
from okta_simulator.management.event_hooks import EventHooksResource
from okta_simulator.state.collection import Collection


class EventHookServices:
    """The services about hooks.

    Args:
        events: Where events come from.

    Raises:
        BadInput: The certificate authorities or addresses of the options can't be used.
    """

    def __init__(self, events: Events) -> None:
        base = events.audited
        options, clock, ids = base.options, base.clock, base.ids
        choices = options.delivery
        self._base = base
        self.client = EndpointClient(options.endpoints, choices.timeout_seconds, ids)
        self.hooks = EventHooks(events.hooks, events.catalog, base.audit, clock, ids, options)
        self.verification = Verification(self.hooks, self.client, options)
        self.planned_faults = Schedule[DeliveryFault](ids, base.dice)
        faults = ScheduledDeliveryFaults(self.planned_faults)
        breaker = CircuitBreaker(choices.circuit_breaker)
        courier = Courier(self.client, faults, events.truth, breaker, clock, ids, choices, base.url)
        self.console = Console(self.hooks, courier, clock, ids, choices, base.url)
        self.delivery = Delivery(
            hooks=self.hooks,
            outbox=events.outbox,
            courier=courier,
            cap=DailyCap(Collection("delivered_events", Count, base.recorder), options.limits, base.audit, clock),
            breaker=breaker,
            failures=Failures(self.hooks, choices),
            faults=faults,
            witness=events.truth,
            clock=clock,
            ids=ids,
            random=base.dice,
            choices=choices,
        )

    def resources(self) -> tuple[Resource, ...]:
        """The part of the management API about hooks."""
        base = self._base
        return (EventHooksResource(self.hooks, self.verification, base.options.event_hooks, base.url),)
