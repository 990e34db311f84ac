"""What an administrator does on a hook's page of the console: look at a request, edit it, and send it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from okta_simulator.clock import Clock
from okta_simulator.event_hooks.courier import Courier, Parcel
from okta_simulator.event_hooks.endpoint import Reply
from okta_simulator.event_hooks.envelope import Waiting, envelope, hook_url
from okta_simulator.event_hooks.hook import Channel
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.ids import Ids
from okta_simulator.json_values import JsonObject
from okta_simulator.options import Delivery


@dataclass(frozen=True)
class Console:
    """The preview tab. It asks no filter, and works on hooks that are not verified.

    Args:
        hooks: The organisation's hooks.
        courier: Carries what is sent.
        clock: Okta's time.
        ids: Gives deliveries their identity.
        choices: Whether an edited event keeps its uuid.
        url: The organisation's URL.
    """

    hooks: EventHooks
    courier: Courier
    clock: Clock
    ids: Ids
    choices: Delivery
    url: str

    def preview(self, hook_id: str, events: Sequence[JsonObject]) -> JsonObject:
        """The body that a delivery of these events would have.

        Raises:
            OktaError: E0000007, there is no such hook.
        """
        source = hook_url(self.url, self.hooks.get(hook_id).id)
        body = envelope(source, self.ids.uuid(), self.clock.now(), [self._waiting(event) for event in events])
        return msgspec.json.decode(body, type=dict)

    async def deliver(self, hook_id: str, events: Sequence[JsonObject]) -> Reply:
        """Send events, edited or not, to a hook's endpoint, and show what it says in the end.

        Raises:
            OktaError: E0000007, there is no such hook.
        """
        hook = self.hooks.get(hook_id)
        waiting = tuple(self._waiting(event) for event in events)
        parcel = Parcel(hook.id, self.ids.uuid(), waiting, origin="console")
        _, reply = await self.courier.carry(parcel, lambda: self._channel(hook_id))
        return reply

    def _channel(self, hook_id: str) -> Channel | None:
        hook = self.hooks.find(hook_id)
        return hook.channel if hook else None

    def _waiting(self, event: JsonObject) -> Waiting:
        uuid = event.get("uuid")
        if not isinstance(uuid, str) or not self.choices.console_deliver_keeps_uuid:
            uuid = self.ids.uuid()
        return Waiting(uuid, msgspec.Raw(msgspec.json.encode({**event, "uuid": uuid})))
