"""What somebody does to a hook in Okta is put right, told and counted; and a fight about it comes to an end."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import SECRET_VALUE, World, is_ready, message, says
from localcluster.controlplane import ControlPlane
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.kube.resources import EVENT, HOOK
from okta_hooks.okta.operations import LIST
from okta_hooks.reconcile.repairs import MOST_IN_A_ROW
from okta_simulator.event_hooks.hook import EventHook

pytestmark = pytest.mark.controlplane

Starter = Callable[[], AbstractAsyncContextManager[Operator]]

OTHERS = frozenset({"user.session.end"})


@pytest.fixture
async def hook_id(operator: Operator, world: World) -> str:
    """A hook that is in line, and that Okta has shown several times since."""
    await world.apply_org(resyncInterval="2s")
    await world.apply_hook()
    ready = await world.until_hook(is_ready)
    before = await operator.calls(LIST)
    await world.until(lambda lists: lists >= before + 4, lambda: operator.calls(LIST))
    return ready.status.hook_id or ""


async def test_a_hook_that_was_deactivated_is_activated_again(hook_id: str, world: World) -> None:
    world.okta.deactivate_by_hand(hook_id)
    await _until_repaired(world, "deactivated")
    assert world.okta.hooks()[0].status == "ACTIVE"
    assert "HookDeactivated" in await _reasons(world)


async def test_a_hook_that_lost_its_verification_is_verified_again(hook_id: str, world: World) -> None:
    world.okta.doubt_by_hand(hook_id)
    await _until_repaired(world, "trust")
    assert world.okta.hooks()[0].verification_status == "VERIFIED"


async def test_a_hook_that_was_deleted_is_made_again(hook_id: str, world: World) -> None:
    world.okta.delete_by_hand(hook_id)
    await _until_repaired(world, "deleted")
    assert len(world.okta.hooks()) == 1


async def test_fields_that_were_changed_are_named(hook_id: str, world: World) -> None:
    world.okta.change_by_hand(hook_id, event_types=OTHERS)
    seen = await _until_repaired(world, "eventTypes")
    assert seen.status.repairs is not None
    assert seen.status.repairs.count == 1
    assert any("eventTypes" in note for note in await _notes(world, "HookChanged"))


async def test_a_changed_secret_is_put_back_although_it_can_not_be_read(hook_id: str, world: World) -> None:
    world.okta.change_secret_by_hand(hook_id, "what somebody typed")
    await _until_repaired(world, "secret")
    assert _secret(world.okta.hooks()[0]) == SECRET_VALUE


async def test_repairs_are_counted_by_what_was_done(hook_id: str, operator: Operator, world: World) -> None:
    world.okta.deactivate_by_hand(hook_id)
    await _until_repaired(world, "deactivated")
    labels = f'cause="HookDeactivated",name="sign-ins",namespace="{world.namespace}"'
    assert f"okta_hooks_repairs_total{{{labels}}} 1.0" in await operator.metrics()


class TestAFight:
    async def test_is_told_while_it_lasts(self, hook_id: str, world: World) -> None:
        for number in range(1, 5):
            world.okta.deactivate_by_hand(hook_id)
            if number < 4:
                await world.until_okta(lambda hooks: hooks[0].status == "ACTIVE")
        seen = await world.until_hook(lambda hook: says(hook, "Synced", "False", "Contested"))
        assert "deactivated" in message(seen, "Synced")
        assert world.okta.hooks()[0].status == "INACTIVE"

    @pytest.fixture
    def another(self, kinds: ControlPlane, tmp_path: Path, arguments: tuple[str, ...]) -> Starter:
        """Starts another operator."""
        return functools.partial(running, kinds.kubeconfig, tmp_path, arguments)

    @pytest.fixture
    async def fought_over(self, hook_id: str, operator: Operator, another: Starter, world: World) -> HookObject:
        """What an operator says that was started after one that had fought in vain for five minutes."""
        await operator.end()
        await _remember_a_fight(world)
        world.okta.deactivate_by_hand(hook_id)
        async with another():
            return await world.until_hook(lambda hook: says(hook, "Stalled", "True", "Contested"))

    async def test_ends_with_stalled_and_what_to_do(self, fought_over: HookObject, world: World) -> None:
        assert "reconcile-at" in message(fought_over, "Stalled")
        assert world.okta.hooks()[0].status == "INACTIVE"


async def _until_repaired(world: World, told: str) -> HookObject:
    return await world.until_hook(lambda hook: is_ready(hook) and told in _last(hook))


def _last(hook: HookObject) -> str:
    return (hook.status.repairs.last_message if hook.status.repairs is not None else None) or ""


def _secret(hook: EventHook) -> str | None:
    return hook.channel.auth.value if hook.channel.auth is not None else None


async def _remember_a_fight(world: World) -> None:
    hook = await world.hook()
    assert hook.status.last_sync_time is not None
    fought: dict[str, JsonValue] = {
        "count": MOST_IN_A_ROW,
        "inARow": MOST_IN_A_ROW,
        "lastMessage": "Somebody deactivated the hook in Okta; the operator activated it again.",
        "lastTime": hook.status.last_sync_time,
    }
    found = await world.api.get(HOOK, world.key(hook.metadata.name))
    status = found["status"]
    assert isinstance(status, dict)
    await world.api.apply_status(
        HOOK,
        {
            "apiVersion": HOOK.api_version,
            "kind": HOOK.kind,
            "metadata": {
                "name": hook.metadata.name,
                "namespace": world.namespace,
                "resourceVersion": hook.metadata.resource_version,
            },
            "status": {**status, "repairs": fought},
        },
    )


async def _reasons(world: World) -> set[str]:
    return {str(event["reason"]) for event in await _events(world)}


async def _notes(world: World, reason: str) -> list[str]:
    return [str(event["note"]) for event in await _events(world) if event["reason"] == reason]


async def _events(world: World) -> list[Mapping[str, JsonValue]]:
    return [dict(event) for event in await world.api.list(EVENT, world.namespace)]
