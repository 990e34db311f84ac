"""Sinks that several namespaces share: used only where they are meant to be, with the operator's own Secrets."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.namespaces import fresh
from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta
from contract.okta_hooks.controller.world import NAME, World, message, says
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_SINK, HOOK, SECRET
from samples.kube import within

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


@pytest.fixture
def arguments(namespace: str, certificates: Certificates) -> tuple[str, ...]:
    """An operator of the whole cluster."""
    return (f"--namespace={namespace}", f"--probe-ca={certificates.authority}")


@pytest.fixture
async def shared(kinds: ControlPlane, world: World) -> AsyncIterator[str]:
    """The name of a sink for namespaces with the label `siem=yes`; its token is in the operator's namespace."""
    await world.apply_secret("siem", {"token": "the operator's"})
    await world.apply_sink(world.namespace, CLUSTER_SINK, namespaceSelector={"matchLabels": {"siem": "yes"}})
    yield world.namespace
    kinds.kubectl("delete", CLUSTER_SINK.plural, world.namespace, "--wait=false")


@pytest.fixture
async def tenant(
    kinds: ControlPlane, api: ApiServer, okta: Okta, endpoint: Endpoint, certificates: Certificates
) -> AsyncIterator[World]:
    """Another namespace."""
    async with fresh(kinds, api) as name:
        world = World(api, name, okta, endpoint)
        await world.apply_secrets(certificates)
        yield world


async def apply(tenant: World, shared: str) -> None:
    reference: JsonValue = {"kind": "ClusterOktaEventSink", "name": shared}
    await tenant.apply_org()
    await tenant.apply_hook(receiver={"journal": {"emptyDir": {}}}, auth={}, sinks=[{"name": "siem", "ref": reference}])


async def data(tenant: World) -> JsonValue:
    """What the hook's dispatcher is known by."""
    return (await tenant.api.get(SECRET, tenant.key(f"{NAME}-sinks"))).get("data")


async def test_a_namespace_that_it_does_not_serve_gets_nothing_of_it(tenant: World, shared: str) -> None:
    await apply(tenant, shared)
    seen = await tenant.until_hook(lambda hook: says(hook, "SinksHealthy", "False", "SinkNotAllowed"))
    assert "label the namespace siem=yes" in message(seen, "SinksHealthy")
    assert not await data(tenant)


async def test_a_namespace_that_it_serves_has_its_credential(tenant: World, shared: str, kinds: ControlPlane) -> None:
    kinds.kubectl("label", "namespace", tenant.namespace, "siem=yes")
    await apply(tenant, shared)
    await tenant.until(bool, lambda: tenant.exists(SECRET, f"{NAME}-sinks"))
    assert base64.b64decode(str(within(await data(tenant), "siem.token"))) == b"the operator's"


async def test_it_counts_the_hooks_of_all_namespaces_and_forgets_those_that_go(
    tenant: World, shared: str, world: World
) -> None:
    await apply(tenant, shared)
    await apply(world, shared)
    await world.until_sink(lambda sink: sink.status.hooks == 2, shared, CLUSTER_SINK)
    await tenant.delete(HOOK, NAME)
    await tenant.until_gone()
    await world.until_sink(lambda sink: sink.status.hooks == 1, shared, CLUSTER_SINK)


async def test_a_namespaces_own_sink_of_the_same_name_is_another(tenant: World, shared: str) -> None:
    await tenant.apply_sink(shared)
    await apply(tenant, shared)
    await tenant.until_hook(lambda hook: says(hook, "SinksHealthy", "False", "SinkNotAllowed"))
    assert (await tenant.sink(shared)).status.hooks == 0
    assert (await tenant.api.get(CLUSTER_SINK, ObjectKey("", shared)))["metadata"]
