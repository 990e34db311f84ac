"""The life of one OktaEventHook, as its user and Okta see it."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from contract.okta_hooks.controller.okta import Endpoint
from contract.okta_hooks.controller.world import is_ready
from crash.okta_hooks.controller.stage import Stage
from okta_hooks.api.model import ApiModel
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.kube import errors
from okta_hooks.kube.children.family import KINDS
from okta_hooks.kube.children.metadata import identity
from okta_hooks.kube.children.names import CURRENT_KEY, hook_secret
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import HOOK, SECRET
from okta_simulator.event_hooks.hook import EventHook


class _Secret(ApiModel):
    data: dict[str, str]


@dataclass(frozen=True)
class Life:
    """One object's.

    Args:
        stage: Where it lives.
        name: Its name, and that of the Secret with its secret.
        here: The endpoint that it begins with.
        there: Another one.
    """

    stage: Stage
    name: str
    here: Endpoint
    there: Endpoint

    async def apply(self, annotations: dict[str, JsonValue] | None = None, **spec: JsonValue) -> None:
        """What the user has in Git."""
        world = self.stage.world
        wanted: dict[str, JsonValue] = {
            "eventTypes": ["user.session.start"],
            "exposure": {"url": self.here.url},
            "receiver": {"mode": "External"},
            "auth": {"secretRef": {"name": self.name, "key": "secret"}},
        }
        await world.api.apply(
            HOOK,
            {
                "apiVersion": HOOK.api_version,
                "kind": HOOK.kind,
                "metadata": {"name": self.name, "namespace": world.namespace, "annotations": annotations or {}},
                "spec": {**wanted, **spec},
            },
        )

    async def let_secret_be(self, value: str) -> None:
        """Of both endpoints, and of the Secret."""
        self.here.secret = self.there.secret = value
        await self.stage.world.apply_secret(self.name, {"secret": value})

    async def seen(self) -> HookObject:
        """The object as it is now."""
        return await self.stage.world.hook(self.name)

    async def until_ready(self) -> HookObject:
        """Wait for the object to say so."""
        return await self.stage.world.until_hook(is_ready, self.name)

    async def until_okta(self, holds: Callable[[EventHook], bool]) -> None:
        """Wait for the one hook in Okta to be so."""
        await self.stage.world.until_okta(lambda _: len(self.hooks()) == 1 and holds(self.hooks()[0]))

    def hooks(self) -> tuple[EventHook, ...]:
        """What Okta has of this object, whatever the operator believes."""
        return tuple(hook for hook in self.stage.world.hooks_in_okta() if hook.name.endswith(f"/{self.name}"))

    async def children(self) -> tuple[str, ...]:
        """What Kubernetes has of this object, such as `Deployment -receiver`: the names without the object's own."""
        world = self.stage.world
        found = []
        for resource in KINDS:
            with contextlib.suppress(errors.NotFound):  # a control plane without the Gateway API has no HTTPRoutes
                for child in await world.api.list(resource, world.namespace, identity(self.name)):
                    name = Manifest.model_validate(child).metadata.name
                    found.append(f"{resource.kind} {name.removeprefix(self.name)}")
        return tuple(sorted(found))

    async def accepted_secret(self) -> str:
        """What its receivers accept."""
        world = self.stage.world
        found = _Secret.model_validate(await world.api.get(SECRET, world.key(hook_secret(self.name))))
        return base64.b64decode(found.data[CURRENT_KEY]).decode()

    async def end(self) -> None:
        """Leave nothing to the next life."""
        self.stage.trap.disarm()
        await self.stage.operator.start()
        with contextlib.suppress(errors.NotFound):
            await self.stage.world.delete(HOOK, self.name)
        await self.stage.world.until_gone(HOOK, self.name)
