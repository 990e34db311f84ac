"""The delivery of events: what waits for a hook is gathered for a while, and sent in batches."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from weakref import WeakValueDictionary

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.circuit_breaker import CircuitBreaker
from okta_simulator.event_hooks.courier import Courier, Parcel
from okta_simulator.event_hooks.daily_cap import DailyCap
from okta_simulator.event_hooks.envelope import Waiting
from okta_simulator.event_hooks.failures import Failures
from okta_simulator.event_hooks.hook import Channel
from okta_simulator.event_hooks.mishaps import DeliveryFaults, DeliveryMishap
from okta_simulator.event_hooks.outbox import Outbox
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.event_hooks.verdict import GiveUp
from okta_simulator.event_hooks.witness import Witness
from okta_simulator.ids import Ids
from okta_simulator.options import Delivery as Choices


@dataclass(frozen=True)
class Delivery:
    """Empties the outbox.

    Args:
        hooks: The organisation's hooks.
        outbox: What waits.
        courier: Carries each delivery.
        cap: What may be sent in a day.
        breaker: Says which hooks are skipped.
        failures: Learns how deliveries end.
        faults: What goes wrong on purpose.
        witness: Sees what is given up.
        clock: Okta's time.
        ids: Gives deliveries their identity.
        random: Shuffles.
        choices: How events travel.
    """

    hooks: EventHooks
    outbox: Outbox
    courier: Courier
    cap: DailyCap
    breaker: CircuitBreaker
    failures: Failures
    faults: DeliveryFaults
    witness: Witness
    clock: Clock
    ids: Ids
    random: Random
    choices: Choices
    _lanes: WeakValueDictionary[str, asyncio.Semaphore] = field(default_factory=WeakValueDictionary)

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                hook_id = await self.outbox.next_hook()
                group.create_task(self._empty(hook_id, group))

    async def _empty(self, hook_id: str, group: asyncio.TaskGroup) -> None:
        """Send what waits for a hook, window after window, until nothing waits."""
        lanes = self._lanes.setdefault(hook_id, asyncio.Semaphore(self.choices.deliveries_at_once))
        while left := self.outbox.waiting(hook_id):
            await self.clock.sleep(self.choices.batching_window)
            left = self.outbox.waiting(hook_id)
            while left > 0:
                await lanes.acquire()
                batch = self.outbox.take(hook_id, min(left, self.choices.events_per_delivery))
                left -= len(batch)
                group.create_task(self._deliver(hook_id, batch, lanes, group))
        self.outbox.close(hook_id)

    async def _deliver(
        self, hook_id: str, batch: list[Waiting], lanes: asyncio.Semaphore, group: asyncio.TaskGroup
    ) -> None:
        try:
            events = self._allowed(hook_id, batch)
            if not events:
                return
            mishap = self.faults.of_delivery(hook_id)
            if mishap.lost:
                self._give_up(hook_id, events, "The delivery was lost on purpose")
            elif mishap.held_back:
                group.create_task(self._send_later(hook_id, events, mishap))
            else:
                await self._send(hook_id, events, mishap)
        finally:
            lanes.release()

    async def _send_later(self, hook_id: str, events: list[Waiting], mishap: DeliveryMishap) -> None:
        """Send in no lane, so that later deliveries overtake it."""
        await self.clock.sleep(mishap.held_back)
        await self._send(hook_id, events, mishap)

    def _allowed(self, hook_id: str, batch: list[Waiting]) -> list[Waiting]:
        """The events that may be sent now; the others are neither sent nor replayed."""
        if self.breaker.skips(hook_id, self.clock.now()):
            self._give_up(hook_id, batch, "The hook is skipped after too many timeouts")
            return []
        if self._channel(hook_id) is None:
            self._give_up(hook_id, batch, "The hook takes no events any more")
            return []
        granted = self.cap.take(len(batch))
        if granted < len(batch):
            self._give_up(hook_id, batch[granted:], "The organization's daily limit is reached")
        return batch[:granted]

    async def _send(self, hook_id: str, events: list[Waiting], mishap: DeliveryMishap) -> None:
        if self.choices.shuffled:
            self.random.shuffle(events)
        parcel = Parcel(hook_id, self.ids.uuid(), tuple(events))
        async with asyncio.TaskGroup() as copies:
            for _ in range(mishap.copies):
                copies.create_task(self._carry(parcel))

    async def _carry(self, parcel: Parcel) -> None:
        how, _ = await self.courier.carry(parcel, lambda: self._channel(parcel.hook_id))
        if isinstance(how, GiveUp):
            self._give_up(parcel.hook_id, parcel.events, how.reason)
        self.failures.ended(parcel, how)

    def _channel(self, hook_id: str) -> Channel | None:
        hook = self.hooks.find(hook_id)
        return hook.channel if hook is not None and hook.receives_events else None

    def _give_up(self, hook_id: str, events: list[Waiting] | tuple[Waiting, ...], reason: str) -> None:
        self.witness.given_up(hook_id, tuple(event.uuid for event in events), reason)
