"""The life of one OktaEventHook, as its user and Okta see it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from contract.okta_hooks.controller.okta import Endpoint
from contract.okta_hooks.controller.world import NAME, World, is_ready
from crash.okta_hooks.controller.played_pod import PlayedPod
from crash.okta_hooks.controller.stage import Stage
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.kube import errors
from okta_hooks.kube.children.family import KINDS
from okta_hooks.kube.children.metadata import identity
from okta_hooks.kube.objects import Manifest, ObjectKey, Resource
from okta_hooks.kube.resources import CLUSTER_ORG, HOOK, ORG, SINK
from okta_simulator.event_hooks.hook import EventHook


@dataclass(frozen=True)
class Life:
    """One object's.

    Args:
        stage: Where it lives.
        here: The endpoint that it begins with.
        there: Another one.
        pod: That of its receiver, where it has one.
    """

    stage: Stage
    here: Endpoint
    there: Endpoint
    pod: PlayedPod

    @property
    def world(self) -> World:
        """Its namespace and its organisation."""
        return self.stage.world

    async def work(self) -> None:
        """Let there be an organisation and an operator. Time brings no call: it is looked at when one starts."""
        await self.world.apply_org(resyncInterval="1h")
        await self.stage.operator.start()
        await self.world.until_org(is_ready)

    async def apply(self, annotations: dict[str, JsonValue] | None = None, /, **spec: JsonValue) -> None:
        """What the user has in Git."""
        wanted: dict[str, JsonValue] = {
            "eventTypes": ["user.session.start"],
            "exposure": {"url": self.here.url},
            "receiver": {"mode": "External"},
            "auth": {"secretRef": {"name": "hook", "key": "secret"}},
        }
        await self.world.api.apply(
            HOOK,
            {
                "apiVersion": HOOK.api_version,
                "kind": HOOK.kind,
                "metadata": {"name": NAME, "namespace": self.world.namespace, "annotations": annotations or {}},
                "spec": {**wanted, **spec},
            },
        )

    async def delete(self) -> None:
        """The user wants it no more."""
        await self.world.delete(HOOK, NAME)

    async def let_secret_be(self, value: str) -> None:
        """Of both endpoints, and of the Secret."""
        self.here.secret = self.there.secret = value
        await self.world.apply_secret("hook", {"secret": value})

    async def seen(self) -> HookObject | None:
        """The object as it is now; None where there is none."""
        with contextlib.suppress(errors.NotFound):
            return await self.world.hook()
        return None

    async def until_ready(self) -> HookObject:
        """Wait for the object to say so."""
        return await self.world.until_hook(is_ready)

    async def until_okta(self, holds: Callable[[EventHook], bool]) -> None:
        """Wait for the one hook in Okta to be so."""
        await self.world.until_okta(lambda hooks: len(hooks) == 1 and holds(hooks[0]))

    def hooks(self) -> tuple[EventHook, ...]:
        """What Okta has, whatever the operator believes."""
        return self.world.hooks_in_okta()

    async def children(self) -> tuple[str, ...]:
        """What Kubernetes has of this object, such as `Deployment -receiver`: the names without the object's own."""
        found: list[str] = []
        for resource in KINDS:
            children = await self.world.api.list(resource, self.world.namespace, identity(NAME))
            names = (Manifest.model_validate(child).metadata.name for child in children)
            found += (f"{resource.kind} {name.removeprefix(NAME)}" for name in names)
        return tuple(sorted(found))

    async def end(self) -> None:
        """Leave no object to the operators of others; what it owns goes with it."""
        await self.stage.operator.kill()
        for resource, key in (
            (HOOK, self.world.key(NAME)),
            (ORG, self.world.key("default")),
            (CLUSTER_ORG, ObjectKey("", self.world.namespace)),
            (SINK, self.world.key("siem")),
        ):
            with contextlib.suppress(errors.NotFound):
                metadata = Manifest.model_validate(await self.world.api.get(resource, key)).metadata
                await self.world.api.delete(resource, key, uid=metadata.uid)
                await self._let_go(resource, key)

    async def _let_go(self, resource: Resource, key: ObjectKey) -> None:
        metadata = Manifest.model_validate(await self.world.api.get(resource, key)).metadata
        await self.world.api.set_finalizers(resource, key, (), resource_version=metadata.resource_version)
