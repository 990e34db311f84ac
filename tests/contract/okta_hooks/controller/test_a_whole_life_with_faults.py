"""Fifty hooks of two organisations, whose answers are often slow, lost, empty, wrong or a refusal for the moment."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from contract.okta_hooks.controller.namespaces import fresh
from contract.okta_hooks.controller.okta import Certificates, Endpoint, Okta, answering
from contract.okta_hooks.controller.world import World, is_ready
from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.resources import HOOK
from okta_simulator.clock import Clock
from okta_simulator.faults.management import Answer, Drop, ManagementFault
from okta_simulator.options import Delivery, Endpoints, Options, RateLimits

pytestmark = pytest.mark.controlplane

NAMES = tuple(f"hook-{number:02}" for number in range(25))
"""As many as Okta lets be active: were there one too many, it would refuse another."""
DELETED, KEPT = NAMES[:8], NAMES[8:]
SIGN_INS = "user.session.start"
SIGN_OUTS = "user.session.end"
EVENTS = 10

FAULTS = (
    ManagementFault(probability=0.05, delay_seconds=0.5),
    ManagementFault(probability=0.05, ending=Drop()),
    ManagementFault(probability=0.05, ending=Drop(carried_out=True)),
    ManagementFault(probability=0.05, ending=Answer(status=503)),
    ManagementFault(probability=0.05, ending=Answer(status=500, carried_out=True)),
    ManagementFault(probability=0.05, ending=Answer(status=502, empty=True)),
    ManagementFault(probability=0.05, ending=Answer(status=429)),
)
"""Each strikes 5 % of the calls that those before it leave alone."""

BEHIND = timedelta(seconds=57)
"""How slow Okta's clock is: a 429 shuts its window for a minute of Okta's, which for the operator is over in 3 s."""


@pytest.fixture
def arguments(namespaces: tuple[str, str], certificates: Certificates) -> tuple[str, ...]:
    watched = (f"--watch-namespace={namespace}" for namespace in namespaces)
    return (f"--namespace={namespaces[0]}", *watched, f"--probe-ca={certificates.authority}")


@pytest.fixture
async def namespaces(kinds: ControlPlane, api: ApiServer) -> AsyncIterator[tuple[str, str]]:
    """A namespace for each organisation."""
    async with fresh(kinds, api) as first, fresh(kinds, api) as second:
        yield first, second


@pytest.fixture
async def worlds(
    api: ApiServer, namespaces: tuple[str, str], endpoint: Endpoint, certificates: Certificates
) -> AsyncIterator[tuple[World, ...]]:
    """Two namespaces, each with an organisation of its own that fails in every way."""
    options = Options(
        endpoints=Endpoints(extra_ca_file=str(certificates.authority)),
        delivery=Delivery(batching_window=timedelta()),
        rate_limits=RateLimits(buckets={"/api/v1": 6000}),
    )
    async with contextlib.AsyncExitStack() as stack:
        oktas = [await stack.enter_async_context(_failing(options, certificates, seed)) for seed in (1, 2)]
        worlds = tuple(World(api, *parts, endpoint) for parts in zip(namespaces, oktas, strict=True))
        for world in worlds:
            await world.apply_secrets(certificates)
            await world.apply_org(rateLimitShare="1")
        yield worlds


@contextlib.asynccontextmanager
async def _failing(options: Options, certificates: Certificates, seed: int) -> AsyncIterator[Okta]:
    async with answering(options, certificates, clock=Clock(start=datetime.now(UTC) - BEHIND), seed=seed) as okta:
        for fault in FAULTS:
            okta.organization.management_faults.add(fault)
        yield okta


@pytest.mark.usefixtures("operator")
async def test_fifty_hooks_are_created_changed_deleted_and_created_again(worlds: tuple[World, ...]) -> None:
    await _apply(worlds, NAMES, SIGN_INS)
    await _until_ready(worlds, NAMES)

    await _apply(worlds, NAMES, SIGN_INS, SIGN_OUTS)
    await _until_ready(worlds, NAMES)
    assert [_types(world) for world in worlds] == [{name: {SIGN_INS, SIGN_OUTS} for name in NAMES}] * 2

    await _delete(worlds, DELETED)
    assert [set(_types(world)) for world in worlds] == [set(KEPT)] * 2

    await _apply(worlds, DELETED, SIGN_INS)
    await _until_ready(worlds, NAMES)
    expected = {name: {SIGN_INS} if name in DELETED else {SIGN_INS, SIGN_OUTS} for name in NAMES}
    assert [_types(world) for world in worlds] == [expected] * 2
    assert [_written_down(world) for world in worlds] == [(len(NAMES) + len(DELETED), len(DELETED))] * 2

    for world in worlds:
        await _until_all_have_received(world)


async def _apply(worlds: Iterable[World], names: Iterable[str], *event_types: str) -> None:
    for world in worlds:
        for name in names:
            await world.apply_hook(name, displayName=name, eventTypes=list(event_types))


async def _until_ready(worlds: Iterable[World], names: Iterable[str]) -> None:
    for world in worlds:
        for name in names:
            await world.until_hook(is_ready, name)


async def _delete(worlds: Iterable[World], names: Iterable[str]) -> None:
    for world in worlds:
        for name in names:
            await world.delete(HOOK, name)
    for world in worlds:
        for name in names:
            await world.until_gone(HOOK, name)


def _types(world: World) -> dict[str, set[str]]:
    """What Okta has, by name; names are unique there."""
    return {hook.name: set(hook.event_types) for hook in world.hooks_in_okta()}


def _written_down(world: World) -> tuple[int, int]:
    """How many hooks the organisation has ever made, and deleted, by its own System Log."""
    log = world.okta.organization.events.log
    types = Counter(json.loads(log.text(position))["eventType"] for position in range(log.begin(), log.end()))
    return types["event_hook.created"], types["event_hook.deleted"]


async def _until_all_have_received(world: World) -> None:
    """Let something happen, and wait until each hook has acknowledged each event."""
    organization = world.okta.organization
    for _ in range(EVENTS):
        organization.events.emitter.emit(organization.activity.generator.of_type(SIGN_INS))
    truth = organization.events.truth
    await world.until_okta(lambda hooks: all(truth.summary().hooks[hook.id].acknowledged == EVENTS for hook in hooks))
    assert len(truth.summary().hooks) == len(NAMES)
    assert all(summary.due == EVENTS for summary in truth.summary().hooks.values())
