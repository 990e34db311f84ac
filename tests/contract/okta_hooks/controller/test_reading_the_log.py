"""What Okta's System Log tells of a hook is in its status: deliveries that Okta gave up, and who changed the hook."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from contract.okta_hooks.controller.okta import Certificates
from contract.okta_hooks.controller.operators import Operator, running
from contract.okta_hooks.controller.world import NAME, World, is_ready, message, says
from localcluster.controlplane import ControlPlane
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.kube.objects import JsonObject, Manifest
from okta_hooks.kube.resources import CONFIG_MAP, EVENT, HOOK
from okta_hooks.okta.operations import READ_LOG
from okta_simulator.caller import Caller
from okta_simulator.faults.management import Answer, ManagementFault
from okta_simulator.options import Delivery, Endpoints, Options

pytestmark = pytest.mark.controlplane

Starter = Callable[[], AbstractAsyncContextManager[Operator]]

EVE = Caller("00T9", "00u9", "User", "Eve Adams", "eve.adams@example.com")
READING = "GET /api/v1/logs"


@pytest.fixture
def okta_options(certificates: Certificates) -> Options:
    """Okta that does not wait long for others of a delivery, nor before it tries again."""
    return Options(
        endpoints=Endpoints(extra_ca_file=str(certificates.authority)),
        delivery=Delivery(batching_window=timedelta(milliseconds=100), retry_delay=timedelta(milliseconds=100)),
    )


@pytest.fixture
def start(kinds: ControlPlane, tmp_path: Path, arguments: tuple[str, ...]) -> Starter:
    """Starts an operator."""
    return partial(running, kinds.kubeconfig, tmp_path, arguments)


async def _registered(world: World) -> str:
    """A hook of an organisation that is listed every five minutes and whose log is polled every second."""
    await world.apply_org(resyncInterval="5m", logPollInterval="1s")
    await world.apply_hook()
    ready = await world.until_hook(is_ready)
    return ready.status.hook_id or ""


def _sign_in(world: World) -> None:
    """Somebody signs in."""
    organization = world.okta.organization
    organization.events.emitter.emit(organization.activity.generator.of_type("user.session.start"))


def _failures(hook: HookObject) -> int:
    return hook.status.failures.count if hook.status.failures is not None else 0


def _last_repair(hook: HookObject) -> str:
    return (hook.status.repairs.last_message if hook.status.repairs is not None else None) or ""


async def test_a_delivery_that_okta_gave_up_is_told_with_its_reason(start: Starter, world: World) -> None:
    async with start():
        await _registered(world)
        world.endpoint.is_up = False
        _sign_in(world)
        seen = await world.until_hook(lambda hook: _failures(hook) == 1)
        assert says(seen, "Delivering", "False", "DeliveryFailures")
        assert seen.status.failures is not None
        assert (seen.status.failures.last_reason or "") in message(seen, "Delivering")


async def test_what_okta_gave_up_while_no_operator_ran_is_told_by_the_next(start: Starter, world: World) -> None:
    async with start() as first:
        await _registered(world)
        world.endpoint.is_up = False
        _sign_in(world)
        await world.until_hook(lambda hook: _failures(hook) == 1)
        await first.end()
    _sign_in(world)
    await world.until(lambda told: told == 2, lambda: _told_in_the_log(world))
    async with start():
        await world.until_hook(lambda hook: _failures(hook) == 2)
    kept = await world.api.list(CONFIG_MAP, world.namespace)
    names = [name for each in kept if (name := _name(each)).startswith("okta-event-hooks-system-log")]
    assert names == [f"okta-event-hooks-system-log.oktaorg.{world.namespace}.default"]


async def test_a_log_that_can_t_be_read_for_a_while_is_gone_on_with(start: Starter, world: World) -> None:
    async with start():
        await _registered(world)
        world.endpoint.is_up = False
        _sign_in(world)
        await world.until_hook(lambda hook: _failures(hook) == 1)
        world.okta.organization.management_faults.add(
            ManagementFault(operation=READING, times=4, ending=Answer(status=500))
        )
        _sign_in(world)
        await world.until_hook(lambda hook: _failures(hook) == 2)


Deed = Callable[[World, str], None]


def _deactivate(world: World, hook_id: str) -> None:
    world.okta.organization.hooks.hooks.deactivate(hook_id, EVE)


def _delete(world: World, hook_id: str) -> None:
    _deactivate(world, hook_id)
    world.okta.organization.hooks.hooks.delete(hook_id, EVE)


@pytest.mark.parametrize(("deed", "told"), [(_deactivate, "deactivated"), (_delete, "deleted")])
async def test_who_did_something_to_the_hook_is_named_and_it_is_repaired_without_waiting_for_a_list(
    start: Starter, world: World, deed: Deed, told: str
) -> None:
    async with start() as operator:
        hook_id = await _registered(world)
        await _at_rest(operator, world)
        deed(world, hook_id)
        await world.until_hook(lambda hook: _last_repair(hook).startswith(f"eve.adams@example.com {told} the hook"))
        notes = [str(event.get("note")) for event in await world.api.list(EVENT, world.namespace)]
        assert any(note.startswith(f"eve.adams@example.com {told}") for note in notes)


async def _told_in_the_log(world: World) -> int:
    """How many deliveries Okta says it gave up."""
    log = world.okta.organization.events.log
    return sum(b'"event_hook.delivery"' in log.text(position) for position in range(log.begin(), log.end()))


async def _at_rest(operator: Operator, world: World) -> None:
    """Return once the operator has read in the log what it did itself, and has looked at the hook for that.

    That look asks for a list, which would show what somebody does meanwhile before the log tells who it was. The second
    poll begins when the look is due; a look that is asked for then is the last.
    """
    await world.until(lambda polls: polls >= 2, lambda: operator.calls(READ_LOG))
    await world.ask_for_a_look(HOOK, NAME)
    asked = (await world.hook()).wish
    await world.until_hook(lambda hook: hook.status.handled_reconcile_at == asked)


def _name(found: JsonObject) -> str:
    return Manifest.model_validate(found).metadata.name
