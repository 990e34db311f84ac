"""Calls to Okta as a reconcile makes them: not without the lease, counted, and remembered in the list of hooks."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, TypeVar

from okta_hooks.controller.organizations.hook_list import HookList
from okta_hooks.okta import operations
from okta_hooks.okta.errors import CredentialsRejected, NotFound, OktaError, Unavailable
from okta_hooks.okta.gate import Gate
from okta_hooks.okta.operations import Operation
from okta_hooks.okta.port import EventHooks, Hook, HookDefinition, Secret

REJECTION_HOLDS = timedelta(minutes=5)
"""For how long a credential that Okta rejected is not shown again, by however many hooks; another one is at once."""

_Result = TypeVar("_Result")


class Calls(Protocol):
    """Counts calls."""

    def counted(self, operation: str, outcome: str) -> None:
        """A call has ended."""


class GuardedHooks:
    """`okta_hooks.okta.port.EventHooks` for reconciles.

    Args:
        hooks: The organisation's event hooks.
        listed: The list to keep up to date.
        gate: Asked before each call, so that nobody waits for a turn in vain; the wire asks it again.
        calls: Told of each call.
        clock: Tells seconds that never go back.
    """

    def __init__(
        self,
        hooks: EventHooks,
        listed: HookList,
        gate: Gate,
        calls: Calls,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hooks = hooks
        self._listed = listed
        self._gate = gate
        self._calls = calls
        self._clock = clock
        self._rejection: tuple[float, CredentialsRejected] | None = None

    async def list(self) -> tuple[Hook, ...]:
        """See `EventHooks`."""
        return await self._call(operations.LIST, self._hooks.list)

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
            await self._call(operations.DELETE, lambda: self._hooks.delete(hook_id))
        self._listed.deleted(hook_id)

    async def _changing(self, operation: Operation, hook_id: str, call: Callable[[], Awaitable[Hook]]) -> Hook:
        async with _Write(self._listed, hook_id):
            hook = await self._call(operation, call)
        self._listed.written(hook)
        return hook

    async def _call(self, operation: Operation, call: Callable[[], Awaitable[_Result]]) -> _Result:
        self._gate.check()
        self._insist_on_a_credential()
        outcome = "Cancelled"
        try:
            result = await call()
        except OktaError as error:
            outcome = type(error).__name__
            if isinstance(error, CredentialsRejected):
                self._rejection = (self._clock(), error)
            raise
        else:
            outcome = "Ok"
            return result
        finally:
            self._calls.counted(operation.name, outcome)

    def _insist_on_a_credential(self) -> None:
        if self._rejection is not None:
            at, error = self._rejection
            if self._clock() - at < REJECTION_HOLDS.total_seconds():
                raise replace(error)


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
