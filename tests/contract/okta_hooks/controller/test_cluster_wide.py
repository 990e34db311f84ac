"""An operator that serves every namespace: organisations that several of them share, and what is recorded there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.namespaces import fresh
from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta
from contract.okta_hooks.controller.world import NAME, SECRET_VALUE, World, is_ready, message, says
from localcluster.controlplane import ControlPlane
from okta_hooks.controller.orgs.reconciler import OrgObject
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.objects import ObjectKey
from okta_hooks.kube.resources import CLUSTER_ORG, HOOK

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


@pytest.fixture
def arguments(namespace: str, certificates: Certificates) -> tuple[str, ...]:
    """An operator of the whole cluster, which waits for Okta for three seconds."""
    return (f"--namespace={namespace}", f"--probe-ca={certificates.authority}", "--give-up-minutes=0.05")


class Shared:
    """A ClusterOktaOrg, whose Secrets are in the operator's namespace."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.name = world.namespace
        self.reference: JsonValue = {"kind": "ClusterOktaOrg", "name": self.name}

    async def apply(self, **spec: JsonValue) -> None:
        """Let it name the organisation."""
        auth: JsonValue = {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}}
        trusted: JsonValue = {"name": "authority", "key": "ca"}
        await self.world.api.apply(
            CLUSTER_ORG,
            {
                "apiVersion": CLUSTER_ORG.api_version,
                "kind": CLUSTER_ORG.kind,
                "metadata": {"name": self.name},
                "spec": {
                    "url": self.world.okta.url,
                    "auth": auth,
                    "caSecretRef": trusted,
                    "resyncInterval": "2s",
                    **spec,
                },
            },
        )

    async def look(self) -> OrgObject:
        """It as it is now."""
        return OrgObject.model_validate(await self.world.api.get(CLUSTER_ORG, ObjectKey("", self.name)))


@pytest.fixture
async def shared(world: World, controlplane: ControlPlane) -> AsyncIterator[Shared]:
    shared = Shared(world)
    yield shared
    controlplane.kubectl("delete", "clusteroktaorg", shared.name, "--ignore-not-found", "--wait=false")


async def test_a_hook_belongs_to_an_organisation_of_the_cluster(world: World, shared: Shared) -> None:
    await shared.apply()
    await world.apply_hook(orgRef=shared.reference)
    seen = await world.until_hook(is_ready)
    assert seen.status.org is not None
    assert (seen.status.org.kind, seen.status.org.name) == ("ClusterOktaOrg", shared.name)
    await world.until(is_ready, shared.look)


async def test_a_namespace_that_is_not_served_is_told_which_label_it_lacks(
    world: World, shared: Shared, controlplane: ControlPlane
) -> None:
    await shared.apply(namespaceSelector={"matchLabels": {"okta": "yes"}})
    await world.apply_hook(orgRef=shared.reference)
    seen = await world.until_hook(lambda hook: says(hook, "Synced", "False", "OrgNotAllowed"))
    assert "okta=yes" in message(seen, "Synced")
    assert world.hooks_in_okta() == ()
    controlplane.kubectl("label", "namespace", world.namespace, "okta=yes")
    await world.until_hook(is_ready)


async def test_a_hook_made_by_hand_is_adopted_only_where_the_organisation_says_so(world: World, shared: Shared) -> None:
    by_hand = world.okta.make_by_hand("mine", world.endpoint.url, SECRET_VALUE)
    await shared.apply()
    await world.apply_hook(orgRef=shared.reference, displayName="mine", adoptionPolicy="Adopt")
    seen = await world.until_hook(lambda hook: says(hook, "Synced", "False", "AdoptionForbidden"))
    assert f"spec.adoption of ClusterOktaOrg {shared.name}" in message(seen, "Synced")
    assert world.hooks_in_okta() == (by_hand,)
    await shared.apply(adoption="Allowed")
    assert (await world.until_hook(is_ready)).status.hook_id == by_hand.id


@pytest.fixture
async def outside(
    controlplane: ControlPlane, api: ApiServer, okta: Okta, endpoint: Endpoint, certificates: Certificates
) -> AsyncIterator[World]:
    """Another namespace."""
    async with fresh(controlplane, api) as namespace:
        world = World(api, namespace, okta, endpoint)
        await world.apply_secrets(certificates)
        yield world


async def test_a_hook_lives_its_whole_life_in_a_namespace_that_is_let_in_and_not_in_another(
    world: World, outside: World, shared: Shared, controlplane: ControlPlane
) -> None:
    controlplane.kubectl("label", "namespace", world.namespace, "okta=yes")
    await shared.apply(namespaceSelector={"matchLabels": {"okta": "yes"}})
    for each in (world, outside):
        await each.apply_hook(orgRef=shared.reference)
    before = await world.until_hook(is_ready)
    await outside.until_hook(lambda hook: says(hook, "Synced", "False", "OrgNotAllowed"))
    assert [(hook.id, hook.verification_status) for hook in world.hooks_in_okta()] == [
        (before.status.hook_id, "VERIFIED")
    ]
    await world.apply_hook(orgRef=shared.reference, eventTypes=["user.session.end"])
    await world.until_okta(lambda hooks: hooks[0].event_types == frozenset({"user.session.end"}))
    await world.apply_hook(orgRef=shared.reference, state="Inactive")
    await world.until_okta(lambda hooks: hooks[0].status == "INACTIVE")
    await outside.delete(HOOK, NAME)
    await outside.until_gone()
    assert [hook.id for hook in world.hooks_in_okta()] == [before.status.hook_id]
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert world.hooks_in_okta() == ()
    assert (await shared.look()).status.orphaned_hooks is None


async def test_a_namespace_that_is_let_in_no_more_changes_nothing_in_okta_but_what_goes(
    world: World, shared: Shared, controlplane: ControlPlane
) -> None:
    controlplane.kubectl("label", "namespace", world.namespace, "okta=yes")
    await shared.apply(namespaceSelector={"matchLabels": {"okta": "yes"}})
    await world.apply_hook(orgRef=shared.reference)
    await world.until_hook(is_ready)
    before = world.hooks_in_okta()
    controlplane.kubectl("label", "namespace", world.namespace, "okta-")
    await world.apply_hook(orgRef=shared.reference, eventTypes=["user.session.end"])
    await world.until_hook(lambda hook: says(hook, "Synced", "False", "OrgNotAllowed"))
    assert world.hooks_in_okta() == before
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert world.hooks_in_okta() == ()


async def test_what_is_left_behind_is_recorded_until_it_is_gone(world: World, shared: Shared) -> None:
    await shared.apply()
    await world.apply_hook(orgRef=shared.reference)
    hook_id = (await world.until_hook(is_ready)).status.hook_id or ""
    world.okta.be_down()
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert (await shared.look()).status.orphaned_hooks == [hook_id]
    world.okta.be_back()
    world.okta.delete_by_hand(hook_id)
    await world.until(lambda org: org.status.orphaned_hooks is None, shared.look)
