"""What happens to a hook after it was made: changed behind the operator's back, observed, suspended, adopted."""

from __future__ import annotations

import pytest

from contract.okta_hooks.controller.world import NAME, SECRET_VALUE, World, is_ready, message, says
from okta_hooks.controller.orgs.reconciler import OrgObject
from okta_hooks.kube.resources import HOOK, ORG

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]

OTHERS = frozenset({"user.session.end"})
WANTED = frozenset({"user.session.start"})


async def test_a_change_behind_the_back_is_put_back(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    hook_id = (await world.until_hook(is_ready)).status.hook_id or ""
    world.okta.change_by_hand(hook_id, event_types=OTHERS)
    (hook,) = await world.until_okta(lambda hooks: hooks[0].event_types == WANTED)
    assert hook.id == hook_id


async def test_a_hook_that_was_deleted_behind_the_back_is_made_again(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    first = (await world.until_hook(is_ready)).status.hook_id or ""
    world.okta.delete_by_hand(first)
    seen = await world.until_hook(lambda hook: is_ready(hook) and hook.status.hook_id != first)
    (hook,) = world.hooks_in_okta()
    assert hook.id == seen.status.hook_id


class TestBetweenTwoLists:
    """Okta's hooks are listed at an interval, and when it matters."""

    async def test_a_user_who_asks_for_a_look_gets_one_at_okta(self, world: World) -> None:
        await world.apply_org(resyncInterval="1h")
        await world.apply_hook()
        hook_id = (await world.until_hook(is_ready)).status.hook_id or ""
        world.okta.change_by_hand(hook_id, event_types=OTHERS)
        await world.ask_for_a_look(HOOK, NAME)
        await world.until_okta(lambda hooks: hooks[0].event_types == WANTED)

    async def test_a_user_who_asks_for_a_look_sees_that_it_was_had(self, world: World) -> None:
        await world.apply_org()
        await world.apply_hook()
        await world.until_hook(is_ready)
        await world.ask_for_a_look(HOOK, NAME)
        asked = (await world.hook()).wish
        await world.until_hook(lambda hook: hook.status.handled_reconcile_at == asked)

    async def test_a_user_who_asks_for_a_look_at_the_organisation_too(self, world: World) -> None:
        await world.apply_org(resyncInterval="1h")
        await world.until_org(is_ready)
        world.okta.make_by_hand("by hand", world.endpoint.url, SECRET_VALUE)
        await world.ask_for_a_look(ORG, "default")
        await world.until_org(lambda org: org.status.unmanaged_hooks == 1)

    async def test_the_organisation_counts_what_the_operator_makes_and_deletes(self, world: World) -> None:
        await world.apply_org(resyncInterval="1h")
        await world.until_org(lambda org: counts(org, 0))
        await world.apply_hook()
        await world.until_org(lambda org: counts(org, 1))
        await world.delete(HOOK, NAME)
        await world.until_org(lambda org: counts(org, 0))


def counts(org: OrgObject, active: int) -> bool:
    """Whether an organisation says that it has so many active hooks."""
    return org.status.active_hooks is not None and org.status.active_hooks.used == active


async def test_observing_reports_a_difference_and_changes_nothing(world: World) -> None:
    world.okta.make_by_hand("mine", world.endpoint.url, SECRET_VALUE)
    await world.apply_org()
    await world.apply_hook(displayName="mine", managementPolicy="Observe", eventTypes=["user.session.end"])
    seen = await world.until_hook(lambda hook: says(hook, "Synced", "False", "DriftDetected"))
    assert "eventTypes" in message(seen, "Synced")
    (hook,) = world.hooks_in_okta()
    assert hook.event_types == WANTED


async def test_observing_a_hook_that_is_as_the_spec_has_it_is_ready_though_it_was_made_and_verified_by_hand(
    world: World,
) -> None:
    by_hand = world.okta.make_by_hand("mine", world.endpoint.url, SECRET_VALUE)
    world.okta.verify_by_hand(by_hand.id)
    await world.apply_org()
    await world.apply_hook(displayName="mine", managementPolicy="Observe")
    seen = await world.until_hook(is_ready)
    assert says(seen, "EndpointReachable", "True")


async def test_observing_tells_of_an_endpoint_that_okta_was_never_asked_to_verify(world: World) -> None:
    world.okta.make_by_hand("mine", world.endpoint.url, SECRET_VALUE)
    await world.apply_org()
    await world.apply_hook(displayName="mine", managementPolicy="Observe")
    seen = await world.until_hook(lambda hook: says(hook, "Verified", "False", "NotVerified"))
    assert says(seen, "EndpointReachable", "True")


async def test_a_suspended_hook_is_left_alone_until_it_goes_on(world: World) -> None:
    await world.apply_org()
    await world.apply_hook(suspend=True)
    await world.until_hook(lambda hook: says(hook, "Synced", "False", "Suspended"))
    assert world.hooks_in_okta() == ()
    await world.apply_hook(suspend=False)
    await world.until_hook(is_ready)


async def test_a_hook_made_by_hand_is_adopted(world: World) -> None:
    by_hand = world.okta.make_by_hand("mine", world.endpoint.url, SECRET_VALUE)
    await world.apply_org()
    await world.apply_hook(displayName="mine", adoptionPolicy="Adopt")
    seen = await world.until_hook(is_ready)
    assert seen.status.hook_id == by_hand.id
    assert len(world.hooks_in_okta()) == 1


async def test_an_inactive_hook_is_deactivated_and_activated(world: World) -> None:
    await world.apply_org()
    await world.apply_hook()
    await world.until_hook(is_ready)
    await world.apply_hook(state="Inactive")
    await world.until_okta(lambda hooks: hooks[0].status == "INACTIVE")
    await world.apply_hook(state="Active")
    await world.until_hook(is_ready)
    assert world.hooks_in_okta()[0].status == "ACTIVE"


async def test_a_changed_secret_reaches_okta(world: World) -> None:
    await world.apply_org()
    await world.apply_hook(resyncInterval="2s")
    before = await world.until_hook(is_ready)
    world.endpoint.secret = "another secret altogether"
    await world.apply_secret("hook", {"secret": world.endpoint.secret})
    await world.until_hook(lambda hook: is_ready(hook) and hook.status.secret != before.status.secret)
    (hook,) = world.hooks_in_okta()
    assert hook.channel.auth is not None
    assert hook.channel.auth.value == world.endpoint.secret
