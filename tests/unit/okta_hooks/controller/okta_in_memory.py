"""An organisation's event hooks in memory, behind the port, with answers that can be lost."""

from __future__ import annotations

from dataclasses import replace

from okta_hooks.okta.errors import NotFound, OktaError, VerificationFailed
from okta_hooks.okta.port import Hook, HookDefinition, Secret


class HooksInMemory:
    """`EventHooks` of one organisation.

    Attributes:
        hooks: What it has.
        secrets: What it was given, by hook.
        calls: Names of the operations that were asked for.
        failures: What the next calls of an operation fail with, before they take effect.
        lost: The next calls of an operation take effect and then fail so.
        verifiable: Whether endpoints answer.
    """

    def __init__(self) -> None:
        self.hooks: dict[str, Hook] = {}
        self.secrets: dict[str, str] = {}
        self.calls: list[str] = []
        self.failures: dict[str, list[OktaError]] = {}
        self.lost: dict[str, list[OktaError]] = {}
        self.verifiable = True

    async def list(self) -> tuple[Hook, ...]:
        self._begin("list")
        return tuple(self.hooks.values())

    async def get(self, hook_id: str) -> Hook:
        self._begin("get")
        return self._known(hook_id)

    async def create(self, definition: HookDefinition, secret: Secret) -> Hook:
        self._begin("create")
        hook = Hook(f"who{len(self.secrets)}", definition, "ACTIVE", "UNVERIFIED", "")
        self.secrets[hook.id] = secret.value
        return self._end("create", hook)

    async def replace(self, hook_id: str, definition: HookDefinition, secret: Secret) -> Hook:
        self._begin("replace")
        self.secrets[hook_id] = secret.value
        return self._end("replace", replace(self._known(hook_id), definition=definition))

    async def activate(self, hook_id: str) -> Hook:
        self._begin("activate")
        return self._end("activate", replace(self._known(hook_id), status="ACTIVE"))

    async def deactivate(self, hook_id: str) -> Hook:
        self._begin("deactivate")
        return self._end("deactivate", replace(self._known(hook_id), status="INACTIVE"))

    async def verify(self, hook_id: str) -> Hook:
        self._begin("verify")
        if not self.verifiable:
            raise VerificationFailed("verify event hook", "no answer")
        return self._end("verify", replace(self._known(hook_id), verification_status="VERIFIED"))

    async def delete(self, hook_id: str) -> None:
        self._begin("delete")
        self._known(hook_id)
        del self.hooks[hook_id]

    def _begin(self, operation: str) -> None:
        self.calls.append(operation)
        if self.failures.get(operation):
            raise self.failures[operation].pop(0)

    def _end(self, operation: str, hook: Hook) -> Hook:
        self.hooks[hook.id] = hook
        if self.lost.get(operation):
            raise self.lost[operation].pop(0)
        return hook

    def _known(self, hook_id: str) -> Hook:
        if hook_id not in self.hooks:
            raise NotFound("find event hook", f"there is no {hook_id}")
        return self.hooks[hook_id]
