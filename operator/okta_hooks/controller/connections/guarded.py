"""Calls to Okta as a reconcile makes them: behind a guard, and remembered in the list of hooks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from okta_hooks.controller.connections.guard import Guard
from okta_hooks.controller.connections.hook_list import HookList
from okta_hooks.okta import operations
from okta_hooks.okta.errors import NotFound, OktaError, Unavailable
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.port import EventHooks, Hook, HookDefinition, LogPage, LogQuery, Secret, SystemLog


class GuardedHooks:
    """`okta_hooks.okta.port.EventHooks` for reconciles.

    Args:
        hooks: The organisation's event hooks.
        listed: The list to keep up to date.
        guard: Lets calls be made.
    """

    def __init__(self, hooks: EventHooks, listed: HookList, guard: Guard) -> None:
        self._hooks = hooks
        self._listed = listed
        self._guard = guard

    async def list(self) -> tuple[Hook, ...]:
        """See `EventHooks`."""
        return await self._guard.call(operations.LIST, self._hooks.list)

    async def get(self, hook_id: str) -> Hook:
        """See `EventHooks`."""
        return await self._changing(operations.GET, hook_id, lambda: self._hooks.get(hook_id))

    async def create(self, definition: HookDefinition, secret: Secret) -> Hook:
        """See `EventHooks`."""
        return await self._changing(operations.CREATE, "", lambda: self._hooks.create(definition, secret))

    async def replace(self, hook_id: str, definition: HookDefinition, secret: Secret) -> Hook:
        """See `EventHooks`."""
        return await self._changing(
            operations.REPLACE, hook_id, lambda: self._hooks.replace(hook_id, definition, secret)
        )

    async def activate(self, hook_id: str) -> Hook:
        """See `EventHooks`."""
        return await self._changing(operations.ACTIVATE, hook_id, lambda: self._hooks.activate(hook_id))

    async def deactivate(self, hook_id: str) -> Hook:
        """See `EventHooks`."""
        return await self._changing(operations.DEACTIVATE, hook_id, lambda: self._hooks.deactivate(hook_id))

    async def verify(self, hook_id: str) -> Hook:
        """See `EventHooks`."""
        return await self._changing(operations.VERIFY, hook_id, lambda: self._hooks.verify(hook_id))

    async def delete(self, hook_id: str) -> None:
        """See `EventHooks`."""
        async with _Write(self._listed, hook_id):
            await self._guard.call(operations.DELETE, lambda: self._hooks.delete(hook_id))
        self._listed.deleted(hook_id)

    async def _changing(self, operation: Operation, hook_id: str, call: Callable[[], Awaitable[Hook]]) -> Hook:
        async with _Write(self._listed, hook_id):
            hook = await self._guard.call(operation, call)
        self._listed.written(hook)
        return hook


class GuardedLog:
    """`okta_hooks.okta.port.SystemLog` for polls and searches.

    Args:
        log: The organisation's System Log.
        guard: Lets calls be made.
    """

    def __init__(self, log: SystemLog, guard: Guard) -> None:
        self._log = log
        self._guard = guard

    async def page(self, query: LogQuery) -> LogPage:
        """See `SystemLog`."""
        return await self._guard.call(operations.READ_LOG, lambda: self._log.page(query))


class _Write:
    """What a call that did not end well says about the list."""

    def __init__(self, listed: HookList, hook_id: str) -> None:
        self._listed = listed
        self._hook_id = hook_id

    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        match error:
            case None:
                return
            case NotFound() if self._hook_id:
                self._listed.deleted(self._hook_id)
            case Unavailable(reached=False):
                return
            case Unavailable():
                self._listed.distrust()
            case OktaError():
                return
            case _:  # cancelled on the way: as unknown as an answer that never came
                self._listed.distrust()
