"""A deletion ends, whatever Okta makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from okta_hooks.api.hook_status import BoundOrg
from okta_hooks.api.okta_event_hook import OrgRef
from okta_hooks.api.okta_org import ApiToken, OktaOrgSpec, OrgAuth
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.connections.access import Access
from okta_hooks.controller.connections.credentials import SignIn
from okta_hooks.controller.connections.guard import Guard
from okta_hooks.controller.connections.guarded import GuardedHooks
from okta_hooks.controller.connections.hook_list import HookList
from okta_hooks.controller.connections.pool import OpenOrganization, Organizations
from okta_hooks.controller.hooks.acting import Applied
from okta_hooks.controller.hooks.deleting import Deleter
from okta_hooks.controller.hooks.hook_object import FINALIZER, HookObject
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.orgs.orphans import Orphans
from okta_hooks.controller.orgs.resolving import FoundOrg, OrgResolver
from okta_hooks.controller.secrets import SecretReader
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from okta_hooks.kube.resources import ORG
from okta_hooks.kube.upkeep import Upkeep
from okta_hooks.okta.pacing import Budget, Pace
from okta_hooks.okta.port import Hook
from okta_hooks.reconcile.desired import Desired
from okta_hooks.reconcile.ownership import MARK_HEADER, Owner
from okta_hooks.reconcile.steps import Wait
from unit.okta_hooks.controller.given import START, URL, Counted, OpenGate, SteppingClock, definition
from unit.okta_hooks.controller.okta_in_memory import HooksInMemory
from unit.okta_hooks.system_log.written_pages import WrittenPages

GIVE_UP = timedelta(minutes=10)
OWNER = Owner("installation", "identity", "sign-ins", "uid")
WANTED = Desired(OWNER, replace(definition(), headers={MARK_HEADER: OWNER.mark}), managed_receiver=False)
SIGN_IN = SignIn(
    "https://example.okta.com", OrgAuth(api_token=ApiToken(secret_ref=SecretKeyRef(name="okta", key="token"))), "token"
)


class NeverInactive(HooksInMemory):
    """An Okta that says yes to every deactivation, and leaves the hook active."""

    async def deactivate(self, hook_id: str) -> Hook:
        """As if nothing had been asked."""
        return self.hooks[hook_id]


class Released:
    """As much of Kubernetes as a release needs."""

    def __init__(self) -> None:
        self.finalizers: tuple[str, ...] | None = None

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        """There is no volume."""
        raise errors.NotFound(f"get {resource.kind} {key}", "gone")

    async def set_finalizers(
        self, _resource: Resource, _key: ObjectKey, finalizers: tuple[str, ...], *, resource_version: str
    ) -> JsonObject:
        """Take note."""
        self.finalizers = finalizers
        return {"metadata": {"resourceVersion": resource_version}}


class OneOrg(OrgResolver):
    """There is one organisation."""

    async def resolve(self, namespace: str, reference: OrgRef | None, bound: BoundOrg | None) -> FoundOrg:  # noqa: ARG002
        """That one."""
        work = WorkKey(ORG, ObjectKey(namespace, "default"))
        return FoundOrg(work, OktaOrgSpec(url=SIGN_IN.url, auth=SIGN_IN.auth), namespace)


@dataclass(frozen=True)
class OpenAccess(Access):
    """It is open."""

    organization: OpenOrganization

    async def open(self, org: FoundOrg) -> OpenOrganization:  # noqa: ARG002
        """As it is."""
        return self.organization


def hook_object(asked_at: datetime) -> HookObject:
    """An object that is to go."""
    return HookObject.model_validate(
        {
            "metadata": {
                "name": "sign-ins",
                "namespace": "identity",
                "uid": "uid",
                "deletionTimestamp": asked_at.isoformat(),
                "finalizers": [FINALIZER],
            },
            "spec": {"eventTypes": ["user.session.start"], "exposure": {"url": URL}},
        }
    )


async def ended(asked_at: datetime) -> tuple[Wait | None, Released]:
    """What comes of one attempt at a deletion, where Okta never lets the hook be inactive."""
    okta, clock, kubernetes, metrics = NeverInactive(), SteppingClock(), Released(), Metrics()
    okta.hooks["who1"] = Hook("who1", WANTED.definition, "ACTIVE", "VERIFIED", "")
    api, listed = cast(KubernetesApi, kubernetes), HookList(clock)
    hooks = GuardedHooks(okta, listed, Guard(OpenGate(), Counted()))
    organization = OpenOrganization(SIGN_IN, hooks, listed, WrittenPages({}), Pace(Budget()))
    deleter = Deleter(
        api=api,
        resolver=OneOrg(api, "operator", is_cluster_wide=False),
        access=OpenAccess(SecretReader(api), Organizations(OpenGate(), Counted()), organization),
        orphans=Orphans(api, cast(StatusWriter, None), metrics, is_cluster_wide=False),
        upkeep=Upkeep(api),
        give_up_after=GIVE_UP,
        live_uids=lambda: frozenset({OWNER.uid}),
        clock=clock,
    )
    return await deleter.advance(hook_object(asked_at), WANTED, Applied("who1", "hash", asked_at)), kubernetes


async def test_a_hook_that_okta_never_lets_go_is_waited_for() -> None:
    wait, kubernetes = await ended(START)
    assert wait is not None
    assert kubernetes.finalizers is None


async def test_a_hook_that_okta_never_lets_go_is_left_behind_in_the_end() -> None:
    wait, kubernetes = await ended(START - GIVE_UP)
    assert wait is None
    assert kubernetes.finalizers == ()
