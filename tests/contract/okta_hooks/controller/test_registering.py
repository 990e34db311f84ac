"""From an applied object to a hook in Okta that is registered, verified and Ready."""

from __future__ import annotations

import pytest

from contract.okta_hooks.controller.world import World, is_ready

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]


async def test_a_hook_is_registered_verified_and_ready(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    seen = await world.until_hook(is_ready)
    (hook,) = world.hooks_in_okta()
    assert (hook.id, hook.verification_status) == (seen.status.hook_id, "VERIFIED")
