"""What a test of the operator has: a namespace with an organisation, a hook to apply, and eyes for what it becomes."""

from __future__ import annotations

import asyncio
import base64
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import JsonValue

from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta
from okta_hooks.controller.attention import RECONCILE_AT
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.controller.orgs.reconciler import OrgObject
from okta_hooks.controller.sinks.reconciler import SinkObject
from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey, Resource
from okta_hooks.kube.resources import CLUSTER_SINK, HOOK, ORG, SECRET, SINK
from okta_simulator.event_hooks.hook import EventHook

Seen = TypeVar("Seen")

NAME = "sign-ins"
SECRET_VALUE = "correct horse battery staple"
SINK_TOKEN: JsonValue = {"name": "siem", "key": "token"}
_PATIENCE = 60.0
"""Seconds within which what is promised has to come true; far more than it takes."""


@dataclass(frozen=True)
class World:
    """A namespace, and the organisation and the endpoint that its objects name."""

    api: ApiServer
    namespace: str
    okta: Okta
    endpoint: Endpoint

    def key(self, name: str) -> ObjectKey:
        """An object of the namespace."""
        return ObjectKey(self.namespace, name)

    async def apply_secrets(self, certificates: Certificates) -> None:
        """Put down what the objects that are applied below name, as long as they are not told otherwise."""
        await self.apply_secret("okta", {"token": self.okta.token})
        await self.apply_secret("authority", {"ca": certificates.authority.read_text()})
        await self.apply_secret("hook", {"secret": SECRET_VALUE})
        await self.apply_secret("siem", {"token": "a token of the sink"})

    async def apply_secret(self, name: str, values: Mapping[str, str]) -> None:
        """Let a Secret hold these."""
        data: JsonObject = {key: base64.b64encode(value.encode()).decode() for key, value in values.items()}
        await self._apply(SECRET, name, {"data": data})

    async def apply_org(self, name: str = "default", **spec: JsonValue) -> None:
        """Let an OktaOrg name the organisation."""
        wanted: JsonObject = {
            "url": self.okta.url,
            "auth": {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}},
            "caSecretRef": {"name": "authority", "key": "ca"},
            "resyncInterval": "5s",
        }
        await self._apply(ORG, name, {"spec": {**wanted, **spec}})

    async def apply_hook(self, name: str = NAME, **spec: JsonValue) -> None:
        """Let a hook lead to the endpoint."""
        wanted: JsonObject = {
            "eventTypes": ["user.session.start"],
            "exposure": {"url": self.endpoint.url},
            "receiver": {"mode": "External"},
            "auth": {"secretRef": {"name": "hook", "key": "secret"}},
        }
        await self._apply(HOOK, name, {"spec": {**wanted, **spec}})

    async def apply_sink(self, name: str = "siem", resource: Resource = SINK, **spec: JsonValue) -> None:
        """Let there be a sink that hooks share; one of the cluster has the name alone."""
        http: JsonValue = {"url": "https://siem.example.com", "auth": {"bearer": {"tokenSecretRef": SINK_TOKEN}}}
        await self._apply(resource, name, {"spec": {"http": http, **spec}})

    async def ask_for_a_look(self, resource: Resource, name: str) -> None:
        """Do what a user does who does not want to wait: change the annotation."""
        found = await self.api.get(resource, self.key(name))
        metadata = found["metadata"]
        assert isinstance(metadata, dict)
        await self.api.replace(
            resource, {**found, "metadata": {**metadata, "annotations": {RECONCILE_AT: uuid.uuid4().hex}}}
        )

    async def delete(self, resource: Resource, name: str) -> None:
        """Ask for an object's deletion."""
        uid = Manifest.model_validate(await self.api.get(resource, self.key(name))).metadata.uid
        await self.api.delete(resource, self.key(name), uid=uid)

    async def hook(self, name: str = NAME) -> HookObject:
        """A hook as it is now."""
        return HookObject.model_validate(await self.api.get(HOOK, self.key(name)))

    async def org(self, name: str = "default") -> OrgObject:
        """An organisation object as it is now."""
        return OrgObject.model_validate(await self.api.get(ORG, self.key(name)))

    async def sink(self, name: str = "siem", resource: Resource = SINK) -> SinkObject:
        """A shared sink as it is now."""
        return SinkObject.model_validate(await self.api.get(resource, self._key(resource, name)))

    async def until_sink(
        self, holds: Callable[[SinkObject], bool], name: str = "siem", resource: Resource = SINK
    ) -> SinkObject:
        """Wait for something to be true of a shared sink."""
        return await _until(holds, lambda: self.sink(name, resource))

    async def until_hook(self, holds: Callable[[HookObject], bool], name: str = NAME) -> HookObject:
        """Wait for something to be true of a hook."""
        return await _until(holds, lambda: self.hook(name))

    async def until_org(self, holds: Callable[[OrgObject], bool], name: str = "default") -> OrgObject:
        """Wait for something to be true of an organisation object."""
        return await _until(holds, lambda: self.org(name))

    async def until(self, holds: Callable[[Seen], bool], look: Callable[[], Awaitable[Seen]]) -> Seen:
        """Wait for something else to be true."""
        return await _until(holds, look)

    async def until_gone(self, resource: Resource = HOOK, name: str = NAME) -> None:
        """Wait for an object to be gone."""
        await _until(lambda exists: not exists, lambda: self.exists(resource, name))

    async def exists(self, resource: Resource, name: str) -> bool:
        """Whether there is such an object."""
        try:
            await self.api.get(resource, self.key(name))
        except errors.NotFound:
            return False
        return True

    def hooks_in_okta(self) -> tuple[EventHook, ...]:
        """What the organisation itself knows."""
        return self.okta.hooks()

    async def until_okta(self, holds: Callable[[tuple[EventHook, ...]], bool]) -> tuple[EventHook, ...]:
        """Wait for something to be true in Okta."""

        async def look() -> tuple[EventHook, ...]:
            return self.hooks_in_okta()

        return await _until(holds, look)

    async def _apply(self, resource: Resource, name: str, content: JsonObject) -> None:
        key = self._key(resource, name)
        home: JsonObject = {"namespace": key.namespace} if key.namespace else {}
        await self.api.apply(
            resource,
            {
                "apiVersion": resource.api_version,
                "kind": resource.kind,
                "metadata": {"name": key.name, **home},
                **content,
            },
        )

    def _key(self, resource: Resource, name: str) -> ObjectKey:
        return ObjectKey("" if resource == CLUSTER_SINK else self.namespace, name)


async def _until(holds: Callable[[Seen], bool], look: Callable[[], Awaitable[Seen]]) -> Seen:
    deadline = time.monotonic() + _PATIENCE
    while not holds(seen := await look()):
        assert time.monotonic() < deadline, f"it did not come true; last seen: {seen!r}"
        await asyncio.sleep(0.1)
    return seen


def is_ready(seen: HookObject | OrgObject | SinkObject) -> bool:
    """Whether an object says that it is Ready, of its present spec."""
    return says(seen, "Ready", "True")


def says(seen: HookObject | OrgObject | SinkObject, condition: str, status: str, reason: str | None = None) -> bool:
    """Whether a condition of the present spec has a status, and perhaps a reason."""
    return any(
        each.type == condition
        and each.status == status
        and reason in (None, each.reason)
        and each.observed_generation == seen.metadata.generation
        for each in seen.status.conditions
    )


def message(seen: HookObject | OrgObject | SinkObject, condition: str) -> str:
    """The sentence of a condition."""
    return next(each.message for each in seen.status.conditions if each.type == condition)
