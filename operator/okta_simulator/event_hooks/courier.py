"""Carrying one delivery to an endpoint: its attempts, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.circuit_breaker import CircuitBreaker
from okta_simulator.event_hooks.endpoint import EndpointClient, Message, NoAnswer, Reply
from okta_simulator.event_hooks.envelope import Waiting, envelope, hook_url
from okta_simulator.event_hooks.hook import Channel
from okta_simulator.event_hooks.mishaps import AttemptMishap, DeliveryFaults
from okta_simulator.event_hooks.verdict import Delivered, GiveUp, TryAgain, verdict
from okta_simulator.event_hooks.witness import Attempt, Origin, Witness
from okta_simulator.ids import Ids
from okta_simulator.options import Delivery

CurrentChannel = Callable[[], Channel | None]
"""Where a hook's events go at this moment; None when none may go there any more."""


@dataclass(frozen=True)
class Parcel:
    """What is carried: events for one hook under one identity."""

    hook_id: str
    delivery_id: str
    events: tuple[Waiting, ...]
    origin: Origin = "event"


@dataclass(frozen=True)
class Courier:
    """Carries parcels.

    Args:
        client: Calls endpoints.
        faults: What goes wrong on purpose.
        witness: Sees each attempt.
        breaker: Counts timeouts.
        clock: Okta's time.
        ids: Gives a retry its identity, where it does not keep the first attempt's.
        options: How often and when is tried.
        url: The organisation's URL.
    """

    client: EndpointClient
    faults: DeliveryFaults
    witness: Witness
    breaker: CircuitBreaker
    clock: Clock
    ids: Ids
    options: Delivery
    url: str

    async def carry(self, parcel: Parcel, channel: CurrentChannel) -> tuple[Delivered | GiveUp, Reply]:
        """Try until it is delivered or given up, asking before each attempt where it goes."""
        number, delivery_id = 1, parcel.delivery_id
        reply: Reply = NoAnswer("connection", "nothing was sent")
        while (present := channel()) is not None:
            reply = await self._attempt(parcel, delivery_id, number, present)
            match verdict(reply, number, self.options):
                case TryAgain(after):
                    await self.clock.sleep(after)
                case ended:
                    return ended, reply
            number += 1
            delivery_id = delivery_id if self.options.retry_keeps_event_id else self.ids.uuid()
        return GiveUp("The hook takes no events any more"), reply

    async def _attempt(self, parcel: Parcel, delivery_id: str, number: int, channel: Channel) -> Reply:
        uuids = tuple(event.uuid for event in parcel.events)
        attempt = Attempt(parcel.hook_id, delivery_id, number, uuids, parcel.origin)
        mishap = self.faults.of_attempt(parcel.hook_id, number)
        await asyncio.sleep(mishap.latency_seconds)
        source = hook_url(self.url, parcel.hook_id)
        body = envelope(source, delivery_id, self.clock.now(), parcel.events)
        message = Message("POST", headers=(("Content-Type", "application/json"),), body=body)
        self.witness.attempted(attempt)
        reply = await self._sent(message, channel, mishap)
        self.witness.answered(attempt, reply)
        if isinstance(reply, NoAnswer) and reply.reason == "timeout":
            self.breaker.timed_out(parcel.hook_id, self.clock.now())
        return reply

    async def _sent(self, message: Message, channel: Channel, mishap: AttemptMishap) -> Reply:
        if mishap.connection == "lost before the answer":
            return await self.client.send_and_hang_up(channel, message)
        reply = await self.client.send(channel, message)
        return reply if mishap.connection == "kept" else NoAnswer("connection", "the connection was lost")
