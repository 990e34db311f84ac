"""Deletion always ends, and leaves in Okta what the spec says, or a record of what it had to leave."""

from __future__ import annotations

import pytest

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.operators import Operator
from contract.okta_hooks.controller.world import NAME, World, is_ready
from localcluster.controlplane import ControlPlane
from okta_hooks.kube import errors
from okta_hooks.kube.resources import HOOK, ORG, SECRET

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


@pytest.fixture
def arguments(namespace: str, certificates: Certificates) -> tuple[str, ...]:
    """An operator that waits for Okta for three seconds."""
    return (
        f"--namespace={namespace}",
        f"--watch-namespace={namespace}",
        f"--probe-ca={certificates.authority}",
        "--give-up-minutes=0.05",
    )


async def test_the_hook_goes_with_its_object(world: World) -> None:
    await _ready(world)
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert world.hooks_in_okta() == ()


async def test_a_hook_that_is_only_to_be_deactivated_stays_inactive(world: World) -> None:
    await _ready(world, deletionPolicy="Deactivate")
    await world.delete(HOOK, NAME)
    await world.until_gone()
    (hook,) = world.hooks_in_okta()
    assert hook.status == "INACTIVE"


async def test_an_orphan_stays_as_it_is(world: World) -> None:
    await _ready(world, deletionPolicy="Orphan")
    await world.delete(HOOK, NAME)
    await world.until_gone()
    (hook,) = world.hooks_in_okta()
    assert hook.status == "ACTIVE"


async def test_an_orphan_is_taken_back_by_an_object_of_its_name(world: World) -> None:
    before = await _ready(world, deletionPolicy="Orphan")
    await world.delete(HOOK, NAME)
    await world.until_gone()
    after = await _ready(world)
    assert after == before
    assert len(world.hooks_in_okta()) == 1


async def test_the_credential_is_remembered_when_the_organisation_goes_first(world: World) -> None:
    await _ready(world)
    await world.delete(SECRET, "okta")
    await world.delete(ORG, "default")
    await world.until_gone(ORG, "default")
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert world.hooks_in_okta() == ()


async def test_a_namespace_that_is_deleted_whole_takes_its_hook_along(world: World, controlplane: ControlPlane) -> None:
    await _ready(world)
    controlplane.kubectl("delete", "namespace", world.namespace, "--wait=false")
    await world.until_gone()
    assert world.hooks_in_okta() == ()


async def test_an_okta_that_is_down_is_not_waited_for_without_end(world: World, operator: Operator) -> None:
    hook_id = await _ready(world)
    world.okta.be_down()
    await world.delete(HOOK, NAME)
    await world.until_gone()
    assert any(str(hook_id) in str(line["message"]) for line in operator.lines())


async def test_a_revoked_credential_is_not_waited_for_without_end(world: World) -> None:
    await _ready(world)
    world.okta.revoke()
    await world.delete(HOOK, NAME)
    await world.until_gone()


async def test_no_annotation_is_written_while_a_deletion_fails(world: World) -> None:
    await _ready(world)
    world.okta.be_down()
    await world.delete(HOOK, NAME)
    seen: set[str] = set()

    async def is_gone() -> bool:
        try:
            seen.add(str((await world.hook()).metadata.annotations))
        except errors.NotFound:
            return True
        return False

    await world.until(lambda gone: gone, is_gone)
    assert seen == {"{}"}


async def test_a_foreground_deletion_ends_too(world: World, controlplane: ControlPlane) -> None:
    await _ready(world)
    controlplane.kubectl(
        "delete", "oktaeventhook", NAME, f"--namespace={world.namespace}", "--cascade=foreground", "--wait=false"
    )
    await world.until_gone()
    assert world.hooks_in_okta() == ()


async def _ready(world: World, **spec: str) -> str | None:
    """A hook that is Ready; gives its id in Okta."""
    await world.apply_org()
    await world.apply_hook(**spec)
    return (await world.until_hook(is_ready)).status.hook_id
