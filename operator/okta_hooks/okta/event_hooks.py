"""The event hooks of an organisation, through the SDK: the one adapter behind `okta_hooks.okta.port.EventHooks`.

Imported late, by `okta_hooks.okta.organization`: the SDK takes half a second.
"""

from __future__ import annotations

from okta_hooks.okta.attempts import Call, SdkOperations
from okta_hooks.okta.hook_json import read_hook, read_hooks, to_json
from okta_hooks.okta.operations import ACTIVATE, CREATE, DEACTIVATE, DELETE, GET, LIST, REPLACE, VERIFY, Operation
from okta_hooks.okta.port import Hook, HookDefinition, Secret
from okta_hooks.okta.sdk import event_hook


class SdkEventHooks(SdkOperations):
    """Event hooks by way of the SDK."""

    async def list(self) -> tuple[Hook, ...]:
        """All event hooks of the organisation."""
        return read_hooks(LIST, await self._body(LIST, self._api.list_event_hooks))

    async def get(self, hook_id: str) -> Hook:
        """One hook."""
        return await self._hook(GET, lambda: self._api.get_event_hook(hook_id))

    async def create(self, definition: HookDefinition, secret: Secret) -> Hook:
        """Make a hook: ACTIVE and UNVERIFIED."""
        body = event_hook(CREATE, to_json(definition, secret))
        return await self._hook(CREATE, lambda: self._api.create_event_hook(body))

    async def replace(self, hook_id: str, definition: HookDefinition, secret: Secret) -> Hook:
        """Put a definition in place of the one before."""
        body = event_hook(REPLACE, to_json(definition, secret))
        return await self._hook(REPLACE, lambda: self._api.replace_event_hook(hook_id, body))

    async def activate(self, hook_id: str) -> Hook:
        """Let Okta deliver."""
        return await self._hook(ACTIVATE, lambda: self._api.activate_event_hook(hook_id))

    async def deactivate(self, hook_id: str) -> Hook:
        """Let Okta stop delivering."""
        return await self._hook(DEACTIVATE, lambda: self._api.deactivate_event_hook(hook_id))

    async def verify(self, hook_id: str) -> Hook:
        """Let Okta call the endpoint, and wait for the result."""
        return await self._hook(VERIFY, lambda: self._api.verify_event_hook(hook_id))

    async def delete(self, hook_id: str) -> None:
        """Remove a hook, which has to be INACTIVE."""
        await self._body(DELETE, lambda: self._api.delete_event_hook(hook_id))

    async def _hook(self, operation: Operation, call: Call) -> Hook:
        return read_hook(operation, await self._body(operation, call))

    async def _body(self, operation: Operation, call: Call) -> bytes:
        return (await self._answer(operation, call)).body
