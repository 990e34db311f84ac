"""An operator that leads stands still in the middle of a create, another takes over, and then the first goes on.

The call that was on its way reaches Okta only after the other has made the hook, or its answer comes only then.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract.okta_hooks.controller.okta import Certificates, listening
from contract.okta_hooks.controller.world import SECRET_VALUE, World, is_ready
from crash.okta_hooks.controller.hold import Hold
from crash.okta_hooks.controller.interposer import Moment, Passage
from crash.okta_hooks.controller.killable import Killable
from crash.okta_hooks.controller.phases.phase import CREATE, LIST
from crash.okta_hooks.controller.stage import before_okta, make_namespace
from localcluster.controlplane import ControlPlane
from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.leadership import Lease
from okta_hooks.kube.permissions import LEASE_NAME
from okta_hooks.kube.resources import LEASE

pytestmark = [pytest.mark.controlplane, pytest.mark.xdist_group("stopped leader")]

PLACES = (
    Passage(Moment.AFTER, LIST),
    Passage(Moment.BEFORE, CREATE),
    Passage(Moment.AFTER, CREATE),
)
TO_BE_STARTED_AGAIN = 3


@dataclass(frozen=True)
class Scene:
    """A namespace with an organisation of its own, where one call is held.

    Args:
        world: The namespace.
        hold: Holds it.
    """

    world: World
    hold: Hold


@contextlib.asynccontextmanager
async def scene(api: ApiServer, certificates: Certificates, place: Passage) -> AsyncIterator[Scene]:
    """A namespace, an organisation behind an interposer, and an endpoint."""
    hold = Hold(place)
    async with (
        before_okta(certificates, hold.witness) as okta,
        listening(SECRET_VALUE, certificates) as endpoint,
    ):
        world = World(api, await make_namespace(api), okta, endpoint)
        await world.apply_secret("okta", {"token": okta.token, "ca": certificates.authority.read_text()})
        await world.apply_secret("hook", {"secret": SECRET_VALUE})
        await world.apply_org(caSecretRef={"name": "okta", "key": "ca"}, resyncInterval="1h")
        yield Scene(world, hold)


@pytest.fixture
async def scenes(api: ApiServer, certificates: Certificates) -> AsyncIterator[tuple[Scene, ...]]:
    """One for each place, so that one takeover serves them all."""
    async with contextlib.AsyncExitStack() as stack:
        yield tuple([await stack.enter_async_context(scene(api, certificates, place)) for place in PLACES])


@pytest.fixture
async def operators(
    plane: ControlPlane, certificates: Certificates, scenes: tuple[Scene, ...], tmp_path: Path
) -> AsyncIterator[tuple[Killable, Killable]]:
    """Two replicas, not started."""
    arguments = [
        f"--namespace={scenes[0].world.namespace}",
        f"--probe-ca={certificates.authority}",
        *(f"--watch-namespace={scene.world.namespace}" for scene in scenes),
    ]
    first, second = (Killable(plane.kubeconfig, tmp_path / f"{name}.log", arguments) for name in ("first", "second"))
    yield first, second
    await first.kill()
    await second.kill()


async def until_leading(world: World, operator: Killable) -> None:
    """Wait for an operator to hold the Lease in this namespace."""

    async def holder() -> str | None:
        with contextlib.suppress(errors.NotFound):
            return Lease.model_validate(await world.api.get(LEASE, world.key(LEASE_NAME))).spec.holder_identity
        return None

    await world.until(lambda seen: seen == operator.identity, holder)


async def stopped_while_it_creates(scenes: tuple[Scene, ...], leader: Killable) -> None:
    """Let the leader make hooks, and stand still when a call of each is held."""
    for each in scenes:
        await each.world.until_org(is_ready)
        each.hold.arm()
        await each.world.apply_hook()
    async with asyncio.timeout(30):
        for each in scenes:
            await each.hold.reached.wait()
    leader.send(signal.SIGSTOP)


async def test_a_leader_that_stood_still_in_a_create_and_goes_on_makes_no_second_hook(
    scenes: tuple[Scene, ...], operators: tuple[Killable, Killable]
) -> None:
    first, second = operators
    await first.start()
    await until_leading(scenes[0].world, first)
    await second.start()
    await stopped_while_it_creates(scenes, first)
    await until_leading(scenes[0].world, second)
    for each in scenes:
        await each.world.until_hook(is_ready)
        await each.hold.release()
    first.send(signal.SIGCONT)
    async with asyncio.timeout(30):
        assert await first.ended() == TO_BE_STARTED_AGAIN
    assert {str(each.hold.place): len(each.world.hooks_in_okta()) for each in scenes} == {str(at): 1 for at in PLACES}
    assert [each.hold.calls_since for each in scenes] == [[], [], []]
    for each in scenes:
        assert is_ready(await each.world.hook())
