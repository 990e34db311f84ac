"""What a hook may choose for what runs for it: only what the operator was started with."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.world import NAME, World, message, says
from okta_hooks.kube.resources import INGRESS
from samples.kube import within

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]

ISSUER = "cert-manager.io/cluster-issuer"
SNIPPET = "nginx.ingress.kubernetes.io/configuration-snippet"
RECEIVER = f"{NAME}-receiver"


@pytest.fixture
def arguments(namespace: str, certificates: Certificates) -> tuple[str, ...]:
    """An operator that lets hooks choose who issues their certificates."""
    return (
        f"--namespace={namespace}",
        f"--watch-namespace={namespace}",
        f"--probe-ca={certificates.authority}",
        "--allow=annotation=cert-manager.io/*",
    )


async def apply(world: World, *annotations: str) -> None:
    """Let a hook be reached through an Ingress with such annotations."""
    exposure: JsonValue = {"ingress": {"host": "hooks.example.com", "annotations": dict.fromkeys(annotations, "x")}}
    await world.apply_hook(receiver={"mode": "Managed", "journal": {"emptyDir": {}}}, exposure=exposure)


async def test_an_annotation_that_is_allowed_is_on_the_ingress(world: World) -> None:
    await world.apply_org()
    await apply(world, ISSUER)
    await world.until(bool, lambda: world.exists(INGRESS, RECEIVER))
    made = await world.api.get(INGRESS, world.key(RECEIVER))
    assert within(made, "metadata", "annotations", ISSUER) == "x"


async def test_for_one_that_is_not_nothing_is_made_and_nothing_registered(world: World) -> None:
    await world.apply_org()
    await apply(world, ISSUER, SNIPPET)
    seen = await world.until_hook(lambda hook: says(hook, "Synced", "False", "NotAllowed"))
    assert f"--allow annotation={SNIPPET}" in message(seen, "Synced")
    assert not await world.exists(INGRESS, RECEIVER)
    assert world.hooks_in_okta() == ()


async def test_one_that_comes_later_does_not_reach_the_ingress(world: World) -> None:
    await world.apply_org()
    await apply(world)
    await world.until(bool, lambda: world.exists(INGRESS, RECEIVER))
    await apply(world, SNIPPET)
    seen = await world.until_hook(lambda hook: says(hook, "ReceiverReady", "False", "NotAllowed"))
    assert SNIPPET in message(seen, "ReceiverReady")
    made = await world.api.get(INGRESS, world.key(RECEIVER))
    assert SNIPPET not in str(within(made, "metadata"))
