"""Before an OktaEventHook may go: its hook in Okta is seen to, or what is left of it is recorded. It always ends."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from okta_hooks.api.conditions import Reason
from okta_hooks.controller.blocked import Blocked
from okta_hooks.controller.connections.access import Access
from okta_hooks.controller.connections.pool import OpenOrganization
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.hook_object import FINALIZER, HookObject
from okta_hooks.controller.orgs.orphans import Orphans
from okta_hooks.controller.orgs.resolving import OrgResolver, candidates_for
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.resources import HOOK
from okta_hooks.kube.upkeep import Upkeep
from okta_hooks.okta.errors import NotFound, OktaError
from okta_hooks.reconcile.deletion import Ending, plan_deletion, plan_deletion_without_okta
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.observed import Observed
from okta_hooks.reconcile.problem import Problem
from okta_hooks.reconcile.refusals import explain
from okta_hooks.reconcile.steps import Deactivate, Delete, DeletionStep, Release, Wait

_MOST_STEPS = 12

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Deleter:
    """Sees to hooks whose objects are to go.

    Args:
        api: Where the objects are.
        resolver: Finds organisations.
        access: Opens them.
        orphans: Records what is left behind.
        upkeep: Deletes the journal's volume.
        give_up_after: How long Okta is waited for.
        live_uids: Tells the uids of all OktaEventHooks that exist.
        clock: Tells the time.
    """

    api: KubernetesApi
    resolver: OrgResolver
    access: Access
    orphans: Orphans
    upkeep: Upkeep
    give_up_after: timedelta
    live_uids: Callable[[], frozenset[str]]
    clock: Callable[[], datetime]

    async def advance(self, hook: HookObject, wanted: Desired, known: Applied) -> Wait | None:
        """Do what can be done now. What has to be waited for, or None when the object is released.

        Raises:
            KubernetesError: The object could not be released; it is tried again.
        """
        now = self.clock()
        ending = Ending(
            asked_at=hook.deletion_asked_at or now,
            noticed_at=now,
            give_up_after=self.give_up_after,
            hook_id=known.hook_id,
        )
        match await self._see_to_okta(hook, wanted, ending, known):
            case Wait() as wait:
                return wait
            case Release(left_behind):
                await self._release(hook, left_behind)
        return None

    async def _see_to_okta(self, hook: HookObject, wanted: Desired, ending: Ending, known: Applied) -> Wait | Release:
        try:
            organization = await self._open(hook)
        except Blocked as blocked:
            return self._without_okta(wanted, replace(ending, credential=False), blocked.problem)
        for _ in range(_MOST_STEPS):
            try:
                step = plan_deletion(wanted, ending, await self._look(organization, ending, known))
                await _carry_out(step, organization)
            except NotFound:
                continue  # it went away by itself, which the list knows by now
            except OktaError as error:
                step = self._without_okta(wanted, ending, explain(error, wanted.definition, self.clock()))
            if isinstance(step, Wait | Release):
                return step
        endless = Problem(
            Reason.PROGRESSING, "Okta still has the hook after all steps; the deletion goes on in a moment."
        )
        return self._without_okta(wanted, ending, endless)

    async def _look(self, organization: OpenOrganization, ending: Ending, known: Applied) -> Observed:
        return Observed(
            now=self.clock(),
            listing=await organization.list(ending.noticed_at + timedelta.resolution),
            live_uids=self.live_uids(),
            bound_id=known.hook_id,
            applied_secret=known.secret,
        )

    def _without_okta(self, wanted: Desired, ending: Ending, problem: Problem) -> Wait | Release:
        return plan_deletion_without_okta(wanted, ending, problem, self.clock())

    async def _open(self, hook: HookObject) -> OpenOrganization:
        """The organisation as it is now, else as it was when it was last spoken to."""
        namespace, bound = hook.metadata.namespace, hook.status.org
        try:
            return await self.access.open(await self.resolver.resolve(namespace, hook.spec.org_ref, bound))
        except Blocked as blocked:
            problem = blocked.problem
        except errors.Forbidden as error:  # the operator's rights in a namespace may go with the namespace
            problem = Problem(Reason.ORG_NOT_READY, f"The organization's credential may not be read ({error}).")
        for candidate in candidates_for(namespace, hook.spec.org_ref, bound):
            remembered = self.access.organizations.remembered(candidate)
            if remembered is not None and (bound is None or remembered.sign_in.url == bound.url):
                return remembered
        raise Blocked(problem)

    async def _release(self, hook: HookObject, left_behind: tuple[str, ...]) -> None:
        url = hook.status.org.url if hook.status.org is not None else ""
        await self.orphans.record(url, left_behind, WorkKey(HOOK, hook.metadata.key))
        journal = hook.spec.receiver.journal if hook.spec.receiver is not None else None
        if journal is None or journal.on_delete != "Retain":
            await self._delete_claim(hook)
        metadata = hook.metadata
        kept = tuple(finalizer for finalizer in metadata.finalizers if finalizer != FINALIZER)
        with contextlib.suppress(errors.NotFound):
            await self.api.set_finalizers(HOOK, metadata.key, kept, resource_version=metadata.resource_version)

    async def _delete_claim(self, hook: HookObject) -> None:
        try:
            await self.upkeep.delete_claim(hook.subject())
        except errors.Forbidden as error:
            _log.warning("the journal's volume of %s is left behind: %s", hook.metadata.key, error)


async def _carry_out(step: DeletionStep, organization: OpenOrganization) -> None:
    match step:
        case Deactivate(hook_id):
            await organization.hooks.deactivate(hook_id)
        case Delete(hook_id):
            await organization.hooks.delete(hook_id)
        case _:
            pass
