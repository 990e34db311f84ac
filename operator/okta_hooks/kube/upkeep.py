"""Keeps the children of hooks as they should be, with as few calls as that takes."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.children import names
from okta_hooks.kube.children.family import KINDS, Child
from okta_hooks.kube.children.metadata import identity
from okta_hooks.kube.children.storage import LiveClaim, claim_name
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.difference import ChildId, Live, Settled, belongs, child_id, difference, settle
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey, Resource
from okta_hooks.kube.resources import CLAIM, SECRET


@dataclass(frozen=True)
class Kept:
    """What was done.

    Args:
        live: The children as they are now.
        changed: Those that were applied or deleted, such as "Deployment identity/sign-ins-receiver".
    """

    live: Live
    changed: tuple[str, ...]


class Upkeep:
    """Applies and deletes children; remembers, until it ends, what it need not apply again."""

    def __init__(self, api: KubernetesApi) -> None:
        self._api = api
        self._settled: dict[ObjectKey, dict[ChildId, Settled]] = {}

    async def observe(self, hook: Hook) -> Live:
        """The children that are there, whoever wants them.

        Raises:
            KubernetesError: See `okta_hooks.kube.errors`.
        """
        if self._settled.get(_key(hook)) == {} and not hook.is_managed:
            return {}
        found: dict[ChildId, JsonObject] = {}
        for resource in KINDS:
            with contextlib.suppress(errors.NotFound):  # a cluster without the Gateway API has no HTTPRoutes
                for child in await self._list(resource, hook):
                    found[child_id((resource, child))] = child
        return found

    async def keep(self, hook: Hook, wanted: Sequence[Child], live: Live) -> Kept:
        """Let what is wanted be, and nothing else of the hook's. What is new comes before what is old goes.

        Raises:
            Taken: A name is somebody else's; what comes before it in the order is applied already.
            KubernetesError: See `okta_hooks.kube.errors`.
        """
        settled = self._settled.setdefault(_key(hook), {})
        todo = difference(hook, wanted, live, settled)
        now = dict(live)
        for resource, manifest in todo.apply:
            child = child_id((resource, manifest))
            await self._insist_on_ours(hook, child, live.get(child))
            now[child] = await self._api.apply(resource, manifest)
            settled[child] = settle(manifest, now[child])
        for child in todo.delete:
            await self._delete(child, now.pop(child))
            settled.pop(child, None)
        changed = (*map(child_id, todo.apply), *todo.delete)
        return Kept(now, tuple(f"{resource.kind} {key}" for resource, key in changed))

    async def delete_claim(self, hook: Hook) -> None:
        """Delete the volume of the journal, or of the dispatcher, which outlives its hook otherwise.

        Raises:
            KubernetesError: See `okta_hooks.kube.errors`.
        """
        for name in names.claims(hook.name):
            key = ObjectKey(hook.namespace, name)
            with contextlib.suppress(errors.NotFound):
                found = await self._api.get(CLAIM, key)
                if belongs(hook, CLAIM, found):
                    await self._delete((CLAIM, key), found)

    def forget(self, hook: ObjectKey) -> None:
        """A hook is gone."""
        self._settled.pop(hook, None)

    async def _list(self, resource: Resource, hook: Hook) -> Sequence[JsonObject]:
        if resource != SECRET:
            return await self._api.list(resource, hook.namespace, identity(hook.name))
        found = []
        for name in names.secrets(hook.name):  # by name, since the right to list Secrets would show everybody's
            with contextlib.suppress(errors.NotFound):
                found.append(await self._api.get(SECRET, ObjectKey(hook.namespace, name)))
        return found

    async def _insist_on_ours(self, hook: Hook, child: ChildId, found: JsonObject | None) -> None:
        resource, key = child
        if found is None:
            with contextlib.suppress(errors.NotFound):
                found = await self._api.get(resource, key)
        if found is not None and not belongs(hook, resource, found):
            raise errors.Taken(
                f"apply {resource.kind} {key}",
                f"an object of this name exists and does not belong to hook {_key(hook)}: delete it, or give the hook"
                " another name",
            )

    async def _delete(self, child: ChildId, found: JsonObject) -> None:
        resource, key = child
        await self._api.delete(resource, key, uid=Manifest.model_validate(found).metadata.uid)


def existing_claim(hook: Hook, live: Live) -> LiveClaim | None:
    """The claim that a hook has already, for the builders."""
    found = live.get((CLAIM, ObjectKey(hook.namespace, claim_name(hook))))
    return LiveClaim.model_validate(found) if found is not None else None


def _key(hook: Hook) -> ObjectKey:
    return ObjectKey(hook.namespace, hook.name)
