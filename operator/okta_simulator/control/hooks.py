"""`/hooks`: what happens to hooks without their owner's doing, and the console's preview and Deliver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from aiohttp import web

from okta_simulator.caller import SYSTEM
from okta_simulator.control.api import Operation, body_of
from okta_simulator.control.messages import ChangedHook, ConsoleAnswer, ConsoleEvents, HookChange
from okta_simulator.errors import not_found
from okta_simulator.event_hooks.console import Console
from okta_simulator.event_hooks.endpoint import Answer
from okta_simulator.event_hooks.hook import AuthScheme, Channel, EventHook
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.json_values import JsonObject
from okta_simulator.system_log.log import SystemLog


@dataclass(frozen=True)
class HookControl:
    """Changes hooks behind the back of whoever manages them, as another administrator or Okta's support would."""

    hooks: EventHooks
    console: Console
    log: SystemLog

    def operations(self) -> Sequence[Operation]:
        """The operations on hooks."""
        return [
            Operation("PATCH", "/hooks/{id}", self._change),
            Operation("DELETE", "/hooks/{id}", self._delete),
            Operation("POST", "/hooks/{id}/preview", self._preview),
            Operation("POST", "/hooks/{id}/deliver", self._deliver),
        ]

    async def _change(self, request: web.Request) -> ChangedHook:
        hook = self.hooks.get(request.match_info["id"])
        change = await body_of(request, HookChange)
        if (changed := _changed(hook, change)) != hook:
            self.hooks.hooks.put(hook.id, changed)
        if change.verification_status == "VERIFIED":
            self.hooks.mark_verified(hook.id)
        if change.status == "ACTIVE":
            self.hooks.activate(hook.id, SYSTEM)
        elif change.status == "INACTIVE":
            self.hooks.deactivate(hook.id, SYSTEM)
        return _shown(self.hooks.get(hook.id))

    async def _delete(self, request: web.Request) -> ChangedHook:
        hook = self.hooks.deactivate(request.match_info["id"], SYSTEM)
        self.hooks.delete(hook.id, SYSTEM)
        return _shown(hook)

    async def _preview(self, request: web.Request) -> JsonObject:
        return self.console.preview(request.match_info["id"], await self._events(request))

    async def _deliver(self, request: web.Request) -> ConsoleAnswer:
        reply = await self.console.deliver(request.match_info["id"], await self._events(request))
        if isinstance(reply, Answer):
            return ConsoleAnswer(status=reply.status, body=reply.body.decode(errors="replace"))
        return ConsoleAnswer(failure=reply.detail)

    async def _events(self, request: web.Request) -> list[JsonObject]:
        chosen = await body_of(request, ConsoleEvents)
        return [*chosen.events, *(self._logged(uuid) for uuid in chosen.uuids)]

    def _logged(self, uuid: str) -> JsonObject:
        event = self.log.get(uuid)
        if event is None:
            raise not_found(uuid, "Event")
        logged: JsonObject = msgspec.to_builtins(event)
        return logged


def _changed(hook: EventHook, change: HookChange) -> EventHook:
    channel = hook.channel
    key = channel.auth.key if channel.auth else "Authorization"
    return msgspec.structs.replace(
        hook,
        name=change.name or hook.name,
        event_types=frozenset(change.event_types or hook.event_types),
        verification_status=change.verification_status or hook.verification_status,
        channel=Channel(
            uri=change.uri or channel.uri,
            headers=channel.headers,
            auth=channel.auth if change.secret is None else AuthScheme(key, change.secret),
        ),
    )


def _shown(hook: EventHook) -> ChangedHook:
    return ChangedHook(id=hook.id, name=hook.name, status=hook.status, verification_status=hook.verification_status)
