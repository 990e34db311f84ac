"""Children of a hook on a real API server: made, kept, taken away, and nobody else's touched."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
import yaml
from pydantic import JsonValue

from localcluster.addons import gatewayapi
from localcluster.controlplane import ControlPlane
from localcluster.definitions import wait_until_established
from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer, connect
from okta_hooks.kube.children.family import children
from okta_hooks.kube.children.subject import Hook
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey
from okta_hooks.kube.permissions import PERMISSIONS
from okta_hooks.kube.resources import CLAIM, CONFIG_MAP, DEPLOYMENT, HOOK, INGRESS, SERVICE
from okta_hooks.kube.upkeep import Kept, Upkeep, existing_claim
from samples.kube import INSTALLATION, ORIGIN, VALUES, hook, spec, within

_REVISION = "deployment.kubernetes.io/revision"
INGRESS_EXPOSURE: JsonValue = {"ingress": {"host": "hooks.example.com", "tls": {"secretName": "tls"}}}
ON_STREAM: JsonValue = {"replicas": 2, "journal": {"jetStream": {"urls": ["tls://nats.example.com"]}}}
ROUTE_EXPOSURE: JsonValue = {"httpRoute": {"hostname": "hooks.example.com", "parentRefs": [{"name": "public"}]}}


@pytest.fixture(scope="module", autouse=True)
def definitions(kinds: ControlPlane) -> Iterator[None]:
    """Our kinds, and those of the Gateway API."""
    routes = str(gatewayapi.definitions(print) / "gateway.networking.k8s.io_httproutes.yaml")
    kinds.kubectl("apply", "--server-side", "--filename", routes)
    wait_until_established(kinds.kubectl)
    yield
    kinds.kubectl("delete", "--filename", routes)


@pytest.fixture
def upkeep(api: ApiServer) -> Upkeep:
    return Upkeep(api)


@pytest.fixture
async def created(api: ApiServer, namespace: str) -> Hook:
    """A hook that the API server knows, so that what it owns stays."""
    written: JsonObject = {
        "apiVersion": "oktahooks.dev/v1alpha1",
        "kind": "OktaEventHook",
        "metadata": {"name": "sign-ins", "namespace": namespace},
        "spec": {"eventTypes": ["user.session.start"], "exposure": {"url": "https://hooks.example.com/sign-ins"}},
    }
    made = Manifest.model_validate(await api.create(HOOK, written))
    return hook(namespace=namespace, uid=made.metadata.uid)


def changed(subject: Hook, **parts: JsonValue) -> Hook:
    return replace(subject, spec=spec(**parts))


async def keep(upkeep: Upkeep, subject: Hook) -> Kept:
    live = await upkeep.observe(subject)
    wanted = children(subject, INSTALLATION, ORIGIN, VALUES, existing_claim=existing_claim(subject, live))
    return await upkeep.keep(subject, wanted, live)


async def settle(upkeep: Upkeep, api: ApiServer, subject: Hook) -> None:
    """Until the cluster's own controllers have added what they add: the Deployment's comes last, its revision."""
    key = ObjectKey(subject.namespace, "sign-ins-receiver")
    await keep(upkeep, subject)
    async with asyncio.timeout(30):
        while _REVISION not in Manifest.model_validate(await api.get(DEPLOYMENT, key)).metadata.annotations:
            pass
    while (await keep(upkeep, subject)).changed:
        pass


async def test_every_child_is_accepted(upkeep: Upkeep, created: Hook) -> None:
    kept = await keep(upkeep, changed(created, exposure=INGRESS_EXPOSURE))
    assert len(kept.changed) == 11


async def test_a_route_is_accepted(upkeep: Upkeep, created: Hook) -> None:
    kept = await keep(upkeep, changed(created, exposure=ROUTE_EXPOSURE))
    assert f"HTTPRoute {created.namespace}/sign-ins-receiver" in kept.changed


async def test_the_pod_is_allowed_where_the_restricted_standard_is_enforced(
    api: ApiServer, upkeep: Upkeep, controlplane: ControlPlane, created: Hook
) -> None:
    controlplane.kubectl("label", "namespace", created.namespace, "pod-security.kubernetes.io/enforce=restricted")
    await keep(upkeep, created)
    deployment = await api.get(DEPLOYMENT, ObjectKey(created.namespace, "sign-ins-receiver"))
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "receiver", "namespace": created.namespace},
        "spec": within(deployment, "spec", "template", "spec"),
    }
    controlplane.kubectl("create", "--dry-run=server", "--filename", "-", stdin=yaml.safe_dump(pod))


async def test_nothing_is_applied_again_while_nothing_changes(upkeep: Upkeep, api: ApiServer, created: Hook) -> None:
    await settle(upkeep, api, created)
    assert (await keep(upkeep, created)).changed == ()


async def test_applying_everything_again_after_a_restart_changes_no_object(
    api: ApiServer, upkeep: Upkeep, created: Hook
) -> None:
    await keep(upkeep, created)
    service = ObjectKey(created.namespace, "sign-ins-receiver")
    before = Manifest.model_validate(await api.get(SERVICE, service))
    await keep(Upkeep(api), created)
    after = Manifest.model_validate(await api.get(SERVICE, service))
    assert before.metadata.resource_version == after.metadata.resource_version


async def test_what_somebody_changed_is_put_back(
    api: ApiServer, upkeep: Upkeep, controlplane: ControlPlane, created: Hook
) -> None:
    await settle(upkeep, api, created)
    controlplane.kubectl(
        "patch", "service", "sign-ins-receiver", "--namespace", created.namespace,
        "--patch", '{"spec": {"publishNotReadyAddresses": false}}',
    )  # fmt: skip
    assert (await keep(upkeep, created)).changed == (f"Service {created.namespace}/sign-ins-receiver",)
    service = await api.get(SERVICE, ObjectKey(created.namespace, "sign-ins-receiver"))
    assert within(service, "spec", "publishNotReadyAddresses") is True


async def test_what_somebody_deleted_is_made_again(
    api: ApiServer, upkeep: Upkeep, controlplane: ControlPlane, created: Hook
) -> None:
    await settle(upkeep, api, created)
    controlplane.kubectl("delete", "service", "sign-ins-admin", "--namespace", created.namespace)
    assert (await keep(upkeep, created)).changed == (f"Service {created.namespace}/sign-ins-admin",)


async def test_a_route_takes_the_place_of_an_ingress(api: ApiServer, upkeep: Upkeep, created: Hook) -> None:
    await keep(upkeep, changed(created, exposure=INGRESS_EXPOSURE))
    await keep(upkeep, changed(created, exposure=ROUTE_EXPOSURE))
    with pytest.raises(errors.NotFound):
        await api.get(INGRESS, ObjectKey(created.namespace, "sign-ins-receiver"))


async def test_an_endpoint_of_the_users_own_leaves_the_volume_and_nothing_else(upkeep: Upkeep, created: Hook) -> None:
    await keep(upkeep, created)
    external: JsonValue = {"mode": "External"}
    secret: JsonValue = {"secretRef": {"name": "mine", "key": "secret"}}
    kept = await keep(upkeep, changed(created, receiver=external, auth=secret))
    assert {resource for resource, _ in kept.live} == {CLAIM}


async def test_the_volume_goes_when_it_is_told_to(api: ApiServer, upkeep: Upkeep, created: Hook) -> None:
    await keep(upkeep, created)
    key = ObjectKey(created.namespace, "sign-ins-journal")
    await upkeep.delete_claim(created)
    with contextlib.suppress(errors.NotFound):  # it stays only until the controllers see that no pod uses it
        claim = Manifest.model_validate(await api.get(CLAIM, key))
        assert claim.metadata.deletion_timestamp is not None


async def test_an_object_of_somebody_else_is_left_alone(
    api: ApiServer, upkeep: Upkeep, controlplane: ControlPlane, created: Hook
) -> None:
    controlplane.kubectl(
        "create", "configmap", "sign-ins-configuration", "--namespace", created.namespace, "--from-literal=mine=yes"
    )
    with pytest.raises(errors.Taken, match="delete it, or give the hook another name"):
        await keep(upkeep, created)
    found = await api.get(CONFIG_MAP, ObjectKey(created.namespace, "sign-ins-configuration"))
    assert found["data"] == {"mine": "yes"}


async def test_children_of_another_hook_are_left_alone(upkeep: Upkeep, api: ApiServer, created: Hook) -> None:
    await keep(upkeep, created)
    other = hook(name="other", namespace=created.namespace, uid="00000000-0000-0000-0000-000000000000")
    await upkeep.keep(other, (), await upkeep.observe(other))
    assert await api.get(DEPLOYMENT, ObjectKey(created.namespace, "sign-ins-receiver"))


async def test_a_deployment_that_rolled_becomes_one_that_recreates(
    api: ApiServer, upkeep: Upkeep, created: Hook
) -> None:
    ((_, manifest),) = [each for each in children(created, INSTALLATION, ORIGIN, VALUES) if each[0] == DEPLOYMENT]
    rolling = yaml.safe_load(yaml.safe_dump(manifest))
    rolling["spec"]["strategy"] = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    await api.apply(DEPLOYMENT, rolling)
    await keep(upkeep, created)
    live = await api.get(DEPLOYMENT, ObjectKey(created.namespace, "sign-ins-receiver"))
    assert within(live, "spec", "strategy") == {"type": "Recreate"}


async def test_the_table_of_permissions_allows_all_of_it(
    controlplane: ControlPlane, namespace: str, created: Hook
) -> None:
    rules = [
        {
            "apiGroups": [permission.resource.group],
            "resources": ["/".join(filter(None, (permission.resource.plural, permission.subresource)))],
            "verbs": list(permission.verbs),
        }
        for permission in PERMISSIONS
    ]
    role = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "Role",
        "metadata": {"name": "operator", "namespace": namespace},
        "rules": rules,
    }
    controlplane.kubectl("create", "--filename", "-", stdin=yaml.safe_dump(role))
    controlplane.kubectl(
        "create", "rolebinding", "operator", "--role=operator", f"--user={namespace}", "--namespace", namespace
    )
    async with connect(controlplane.credentials(namespace, namespace)) as api:
        upkeep = Upkeep(api)
        await keep(upkeep, changed(created, exposure=INGRESS_EXPOSURE))
        await keep(upkeep, changed(created, exposure=ROUTE_EXPOSURE))
        await upkeep.delete_claim(created)


async def test_receivers_and_a_dispatcher_of_a_stream_are_accepted(upkeep: Upkeep, created: Hook) -> None:
    kept = await keep(upkeep, changed(created, receiver=ON_STREAM))
    assert {str(key.name) for resource, key in kept.live if resource == DEPLOYMENT} == {
        "sign-ins-receiver",
        "sign-ins-dispatcher",
    }


async def test_nothing_of_a_stream_stays_but_the_volume_when_the_endpoint_becomes_the_users_own(
    upkeep: Upkeep, created: Hook
) -> None:
    await keep(upkeep, changed(created, receiver=ON_STREAM))
    kept = await keep(upkeep, changed(created, receiver={"mode": "External"}))
    assert [str(key.name) for _, key in kept.live] == ["sign-ins-dispatcher"]


async def test_the_volume_of_a_dispatcher_goes_when_it_is_told_to(
    upkeep: Upkeep, api: ApiServer, created: Hook
) -> None:
    subject = changed(created, receiver=ON_STREAM)
    await keep(upkeep, subject)
    await upkeep.delete_claim(subject)
    with contextlib.suppress(errors.NotFound):
        found = await api.get(CLAIM, ObjectKey(created.namespace, "sign-ins-dispatcher"))
        assert Manifest.model_validate(found).metadata.deletion_timestamp is not None
