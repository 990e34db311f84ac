"""Carrying out one step in Okta, and keeping what it taught."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from okta_hooks.controller.hooks.memory import Memory
from okta_hooks.controller.hooks.probing import Prober
from okta_hooks.okta.port import EventHooks, HookDefinition, Secret
from okta_hooks.reconcile.observed import Echo, Verifications
from okta_hooks.reconcile.repairs import Repair
from okta_hooks.reconcile.steps import (
    Activate,
    Create,
    Deactivate,
    Delete,
    ListAgain,
    Probe,
    Replace,
    Step,
    Verify,
)


@dataclass(frozen=True)
class Applied:
    """What Okta certainly has of ours; empty where it is not known.

    Args:
        hook_id: The hook's id.
        secret: Hash of the secret that it was given last.
        at: When.
    """

    hook_id: str = ""
    secret: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class State:
    """Where a reconcile stands, between two steps.

    Args:
        applied: What Okta has.
        memory: What is remembered.
        repaired: What this reconcile has repaired.
    """

    applied: Applied
    memory: Memory
    repaired: tuple[Repair, ...] = ()


@dataclass(frozen=True)
class Actor:
    """Carries out steps.

    Args:
        hooks: The organisation's event hooks.
        prober: Calls the public address.
        header: Name of the header that carries the secret.
        secret: What Okta is to send; its hash is in the steps.
    """

    hooks: EventHooks
    prober: Prober
    header: str
    secret: Secret

    async def carry_out(self, step: Step, state: State, now: datetime) -> State:
        """Do it.

        Raises:
            OktaError: Okta did not do it.
        """
        match step:
            case Create(definition, secret):
                return await self._create(definition, secret, state, now)
            case Replace(hook_id, definition, secret):
                await self.hooks.replace(hook_id, definition, self.secret)
                return await self._read_back(hook_id, definition, secret, state, now)
            case Activate(hook_id):
                await self.hooks.activate(hook_id)
            case Deactivate(hook_id):
                await self.hooks.deactivate(hook_id)
            case Delete(hook_id):
                await self.hooks.delete(hook_id)
            case Verify(hook_id):
                await self.hooks.verify(hook_id)
                return replace(state, memory=replace(state.memory, verifications=Verifications()))
            case Probe(uri):
                reachability = await self.prober.call(uri, self.header, self.secret, state.memory.reachability)
                return replace(state, memory=replace(state.memory, reachability=reachability))
            case ListAgain():
                decided = state.memory.decided_to_create_at or now
                return replace(state, memory=replace(state.memory, decided_to_create_at=decided))
            case _:
                pass
        return state

    async def _create(self, definition: HookDefinition, secret: str, state: State, now: datetime) -> State:
        created = await self.hooks.create(definition, self.secret)
        return await self._read_back(created.id, definition, secret, state, now)

    async def _read_back(
        self, hook_id: str, definition: HookDefinition, secret: str, state: State, now: datetime
    ) -> State:
        """Okta's answer to a write is not always what it keeps, so it is asked again."""
        shown = await self.hooks.get(hook_id)
        memory = replace(
            state.memory,
            echo=Echo(definition, shown.definition),
            rejection=None,
            decided_to_create_at=None,
            verifications=_verifications(state, definition),
        )
        return replace(state, applied=Applied(hook_id, secret, now), memory=memory)


def _verifications(state: State, given: HookDefinition) -> Verifications:
    """Failures count for one address."""
    echo = state.memory.echo
    same = echo is not None and echo.given.uri == given.uri
    return state.memory.verifications if same else Verifications()
