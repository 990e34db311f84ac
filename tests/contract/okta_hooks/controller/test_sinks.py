"""Sinks of a hook: what the dispatcher is told of them, what they are known by, and what the status says."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import msgspec
import pytest
from pydantic import JsonValue

from contract.okta_hooks.controller.pods import answering_pod, play_kubelet
from contract.okta_hooks.controller.world import NAME, SINK_TOKEN, World, message, says
from localcluster.controlplane import ControlPlane
from okta_hooks.admin.dispatcher_statistics import DispatcherStatistics, SinkState, SinkStatistics
from okta_hooks.controller.hooks.hook_object import HookObject
from okta_hooks.dispatch.configuration import Configuration
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import CONFIG_MAP, DEPLOYMENT, HOOK, SECRET, SINK
from samples.kube import within

pytestmark = [pytest.mark.controlplane, pytest.mark.usefixtures("operator")]

LOG: JsonValue = {"name": "log", "stdout": {}}
SHARED: JsonValue = {"name": "siem", "ref": {"name": "siem"}}
CALLED: JsonValue = {"name": "own", "splunkHec": {"url": "https://splunk.example.com", "tokenSecretRef": SINK_TOKEN}}
WITHOUT_SECRET: JsonValue = {"url": "https://siem.example.com", "caSecretRef": {"name": "no", "key": "ca"}}
NOW = datetime.now(UTC)


async def apply(world: World, *sinks: JsonValue, routes: JsonValue = None) -> None:
    await world.apply_org()
    await world.apply_hook(receiver={"journal": {"emptyDir": {}}}, auth={}, sinks=[*sinks], routes=routes or [])


async def told(world: World) -> frozenset[str]:
    """The names of the sinks that the dispatcher is told of."""
    if not await world.exists(CONFIG_MAP, f"{NAME}-configuration"):
        return frozenset()
    found = await world.api.get(CONFIG_MAP, world.key(f"{NAME}-configuration"))
    text = str(within(found, "data", "dispatcher.json"))
    return frozenset(sink.name for sink in msgspec.json.decode(text, type=Configuration).sinks)


async def credential(world: World, key: str) -> str:
    """What the dispatcher finds under a key; empty where it finds nothing."""
    if not await world.exists(SECRET, f"{NAME}-sinks"):
        return ""
    data = (await world.api.get(SECRET, world.key(f"{NAME}-sinks"))).get("data")
    found = data.get(key) if isinstance(data, dict) else None
    return base64.b64decode(str(found)).decode() if found is not None else ""


async def generation(world: World) -> int:
    found = await world.api.get(DEPLOYMENT, world.key(f"{NAME}-receiver"))
    return Manifest.model_validate(found).metadata.generation


def telling(**sinks: SinkStatistics) -> DispatcherStatistics:
    return DispatcherStatistics(started_at=NOW, observed_at=NOW, unique={"hook": 3}, last_event_at=NOW, sinks=sinks)


async def seen_with(world: World, plane: ControlPlane, dispatcher: DispatcherStatistics, reason: str) -> HookObject:
    """A hook whose dispatcher says this, once SinksHealthy has a reason."""
    async with answering_pod(dispatcher):
        await world.until_hook(lambda hook: says(hook, "Synced", "True"))
        await play_kubelet(world, plane)
        return await world.until_hook(lambda hook: says(hook, "SinksHealthy", "False", reason))


async def test_the_dispatcher_is_told_of_its_sinks_and_has_their_credentials(world: World) -> None:
    await world.apply_sink()
    await apply(world, LOG, SHARED, CALLED)
    assert await world.until(bool, lambda: told(world)) == {"log", "siem", "own"}
    assert await credential(world, "siem.token") == await credential(world, "own.token") == "a token of the sink"


async def test_another_sink_and_another_credential_restart_nothing(world: World) -> None:
    await apply(world, LOG)
    await world.until(bool, lambda: world.exists(DEPLOYMENT, f"{NAME}-receiver"))
    before = await generation(world)
    await world.apply_secret("siem", {"token": "another"})
    await apply(world, LOG, CALLED)
    await world.until(lambda value: value == "another", lambda: credential(world, "own.token"))
    await world.apply_secret("siem", {"token": "a third"})
    await world.ask_for_a_look(HOOK, NAME)
    await world.until(lambda value: value == "a third", lambda: credential(world, "own.token"))
    assert await generation(world) == before


async def test_a_sink_that_is_not_there_is_named_and_the_others_go_on(world: World) -> None:
    await apply(world, SHARED, LOG)
    seen = await world.until_hook(lambda hook: says(hook, "SinksHealthy", "False", "SinkNotFound"))
    assert "Sink siem: there is no OktaEventSink" in message(seen, "SinksHealthy")
    assert await told(world) == {"log"}


async def test_a_sink_that_comes_later_is_fed_by_itself(world: World) -> None:
    await apply(world, SHARED)
    await world.until_hook(lambda hook: says(hook, "SinksHealthy", "False", "SinkNotFound"))
    await world.apply_sink()
    await world.until(lambda names: names == {"siem"}, lambda: told(world))


async def test_a_missing_credential_is_named_and_the_sink_keeps_its_place(world: World) -> None:
    await apply(world, {"name": "siem", "http": WITHOUT_SECRET}, LOG)
    seen = await world.until_hook(lambda hook: says(hook, "SinksHealthy", "False", "SecretMissing"))
    assert f"Sink siem: There is no Secret {world.namespace}/no" in message(seen, "SinksHealthy")
    assert await told(world) == {"siem", "log"}


async def test_a_wrong_route_is_named_with_the_column(world: World) -> None:
    routes: JsonValue = [{"name": "locks", "when": "evnt.severity == 'WARN'", "sinks": ["log"]}]
    await apply(world, LOG, routes=routes)
    seen = await world.until_hook(lambda hook: says(hook, "SinksHealthy", "False", "RouteWrong"))
    assert "Route locks sends nothing, since its `when` is wrong, line 1, column 5" in message(seen, "SinksHealthy")


async def test_what_the_dispatcher_says_of_sinks_is_in_the_status(world: World, controlplane: ControlPlane) -> None:
    await apply(world, LOG)
    paused = SinkStatistics(state=SinkState.PAUSED, reason="wrong token", backlog=7, delivered=5, dead_letters=1)
    seen = await seen_with(world, controlplane, telling(log=paused), "SinkRejecting")
    assert seen.status.sinks is not None
    (sink,) = seen.status.sinks
    assert (sink.name, sink.state, sink.backlog, sink.dead_letters) == ("log", "Paused", 7, 1)
    assert message(seen, "SinksHealthy") == "Sink log: wrong token"


async def test_a_former_sink_with_a_backlog_says_what_to_do(world: World, controlplane: ControlPlane) -> None:
    await apply(world, LOG)
    removed = SinkStatistics(state=SinkState.REMOVED, backlog=7, delivered=5, dead_letters=0)
    well = SinkStatistics(state=SinkState.RUNNING, backlog=0, delivered=5, dead_letters=0)
    seen = await seen_with(world, controlplane, telling(log=well, former=removed), "SinkRemoved")
    assert "name it in spec.abandonSinks" in message(seen, "SinksHealthy")


async def test_a_shared_sink_counts_its_hooks_and_says_what_they_say(world: World, controlplane: ControlPlane) -> None:
    await world.apply_sink()
    await apply(world, SHARED)
    paused = SinkStatistics(state=SinkState.PAUSED, reason="wrong token", backlog=7, delivered=5, dead_letters=1)
    await seen_with(world, controlplane, telling(siem=paused), "SinkRejecting")
    seen = await world.until_sink(lambda sink: says(sink, "Ready", "False", "SinkRejecting"))
    assert (seen.status.hooks, seen.status.backlog, seen.status.dead_letters) == (1, 7, 1)
    assert message(seen, "Ready") == f"Hook {world.namespace}/{NAME} says: wrong token"


async def test_a_shared_sink_without_its_secret_is_not_ready(world: World) -> None:
    await world.apply_sink(http=WITHOUT_SECRET)
    seen = await world.until_sink(lambda sink: says(sink, "Ready", "False", "SecretMissing"))
    assert f"There is no Secret {world.namespace}/no" in message(seen, "Ready")
    await world.delete(SINK, "siem")
