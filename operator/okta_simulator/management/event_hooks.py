"""`/api/v1/eventHooks`: the eight operations on event hooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from aiohttp import web

from okta_simulator.caller import SUPER_ADMINISTRATOR
from okta_simulator.event_hooks.body import EventHookBody
from okta_simulator.event_hooks.hook import EventHook
from okta_simulator.event_hooks.registry import EventHooks
from okta_simulator.event_hooks.rendering import rendered
from okta_simulator.event_hooks.verification import Verification
from okta_simulator.management.endpoint import Call, Endpoint, json_response
from okta_simulator.options import EventHooks as Choices

_READ = "okta.eventHooks.read"
_MANAGE = "okta.eventHooks.manage"
_MANAGERS = SUPER_ADMINISTRATOR | {"okta.eventhooks.manage"}
_READERS = _MANAGERS | {"okta.eventhooks.read"}


@dataclass(frozen=True)
class EventHooksResource:
    """The event hooks API.

    Args:
        hooks: The organisation's hooks.
        verification: Asks a hook's endpoint.
        choices: How the API behaves where that is not documented.
        url: The organisation's URL, for `_links`.
    """

    hooks: EventHooks
    verification: Verification
    choices: Choices
    url: str

    def endpoints(self) -> Sequence[Endpoint]:
        """The operations."""
        all_hooks = "/api/v1/eventHooks"
        one_hook = f"{all_hooks}/{{id}}"
        return (
            Endpoint("GET", all_hooks, self._list, _READ, roles=_READERS),
            Endpoint("POST", all_hooks, self._create, _MANAGE, roles=_MANAGERS),
            Endpoint("GET", one_hook, self._get, _READ, roles=_READERS),
            Endpoint("PUT", one_hook, self._replace, _MANAGE, roles=_MANAGERS),
            Endpoint("DELETE", one_hook, self._delete, _MANAGE, roles=_MANAGERS),
            Endpoint("POST", f"{one_hook}/lifecycle/activate", self._activate, _MANAGE, roles=_MANAGERS),
            Endpoint("POST", f"{one_hook}/lifecycle/deactivate", self._deactivate, _MANAGE, roles=_MANAGERS),
            Endpoint("POST", f"{one_hook}/lifecycle/verify", self._verify, _MANAGE, roles=_MANAGERS),
        )

    async def _list(self, _: Call) -> web.Response:
        return json_response([rendered(hook, self.url) for hook in self.hooks])

    async def _create(self, call: Call) -> web.Response:
        return self._answer(self.hooks.create(await call.body(EventHookBody), call.caller))

    async def _get(self, call: Call) -> web.Response:
        return self._answer(self.hooks.get(call.path("id")))

    async def _replace(self, call: Call) -> web.Response:
        body = await call.body(EventHookBody)
        earlier = self.hooks.get(call.path("id"))
        hook = self.hooks.replace(earlier.id, body, call.caller)
        if self.choices.replace_answers_stale_last_updated:
            hook = msgspec.structs.replace(hook, last_updated=earlier.last_updated)
        return self._answer(hook)

    async def _delete(self, call: Call) -> web.Response:
        self.hooks.delete(call.path("id"), call.caller)
        return web.Response(status=204)

    async def _activate(self, call: Call) -> web.Response:
        return self._answer(self.hooks.activate(call.path("id"), call.caller))

    async def _deactivate(self, call: Call) -> web.Response:
        return self._answer(self.hooks.deactivate(call.path("id"), call.caller))

    async def _verify(self, call: Call) -> web.Response:
        return self._answer(await self.verification.verify(call.path("id"), call.caller))

    def _answer(self, hook: EventHook) -> web.Response:
        return json_response(rendered(hook, self.url))
