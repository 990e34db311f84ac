"""What remains of an organisation object that is gone: nothing that another would feel."""

from __future__ import annotations

from typing import cast

from okta_hooks.api.okta_org import ApiToken, OrgAuth
from okta_hooks.api.values import SecretKeyRef
from okta_hooks.controller.bindings import Bindings
from okta_hooks.controller.connections.access import Access
from okta_hooks.controller.connections.credentials import SignIn
from okta_hooks.controller.connections.pool import Organizations
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.orgs.orphans import Orphans
from okta_hooks.controller.orgs.reconciler import OrgReconciler
from okta_hooks.controller.secret_watch import SecretWatch
from okta_hooks.controller.secrets import Hashing, SecretReader
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.system_log.polls import Polls
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.events import EventRecorder
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from okta_hooks.kube.resources import ORG
from unit.okta_hooks.controller.given import Counted, OpenGate, SteppingClock

ONCE = WorkKey(ORG, ObjectKey("identity", "default"))
SIGN_IN = SignIn(
    "https://example.okta.com", OrgAuth(api_token=ApiToken(secret_ref=SecretKeyRef(name="okta", key="token"))), "token"
)


class Empty:
    """As much of Kubernetes as it takes to say that an object is gone."""

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        raise errors.NotFound(f"get {resource.kind} {key}", "gone")


def reconciler(organizations: Organizations) -> OrgReconciler:
    """One for which there is no object any more."""
    api, metrics = cast(KubernetesApi, Empty()), Metrics()
    secrets = SecretReader(api)
    return OrgReconciler(
        api=api,
        operator_namespace="operator",
        installation_id="installation",
        access=Access(secrets, organizations),
        orphans=Orphans(api, cast(StatusWriter, None), metrics, is_cluster_wide=True),
        watch=SecretWatch(secrets, cast(Hashing, None), lambda _: None),
        writer=StatusWriter(api, cast(EventRecorder, None), metrics),
        polls=Polls(api, "operator", lambda _: None, SteppingClock()),
        bindings=Bindings(),
        wake=lambda _: None,
        clock=SteppingClock(),
    )


async def test_its_share_of_the_rate_limits_counts_no_more() -> None:
    organizations = Organizations(OpenGate(), Counted())
    before = await organizations.open(ONCE, SIGN_IN)
    assert await reconciler(organizations).reconcile(ONCE) is None
    assert (await organizations.open(ONCE, SIGN_IN)).pace is not before.pace
    await organizations.close()
