"""Who is polled for whom, and what hooks are told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest

from okta_hooks.controller.connections.credentials import SignIn
from okta_hooks.controller.connections.guard import Guard
from okta_hooks.controller.connections.guarded import GuardedHooks
from okta_hooks.controller.connections.hook_list import HookList
from okta_hooks.controller.connections.pool import OpenOrganization
from okta_hooks.controller.system_log.polls import Polls
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube import errors
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey, Resource
from okta_hooks.kube.resources import CLUSTER_ORG, CONFIG_MAP, HOOK, ORG
from okta_hooks.okta.errors import RateLimited, Unavailable
from okta_hooks.okta.pacing import Budget, Pace
from okta_hooks.okta.port import LogPage
from unit.okta_hooks.controller.given import Counted, OpenGate
from unit.okta_hooks.controller.okta_in_memory import HooksInMemory
from unit.okta_hooks.controller.rounds import SIGN_IN
from unit.okta_hooks.system_log.written_pages import (
    HOOK as HOOK_ID,
)
from unit.okta_hooks.system_log.written_pages import (
    OTHER_HOOK,
    Clock,
    NotedReader,
    WrittenPages,
    about,
    entry,
    page,
)

MINUTE = timedelta(minutes=1)
MINE, SHARED = WorkKey(ORG, ObjectKey("identity", "default")), WorkKey(CLUSTER_ORG, ObjectKey("", "default"))
SIGN_INS, SIGN_OUTS = WorkKey(HOOK, ObjectKey("identity", "sign-ins")), WorkKey(HOOK, ObjectKey("other", "sign-outs"))
BROKEN = Unavailable("read system log", "500")


@dataclass
class ConfigMaps:
    """ConfigMaps in memory: the part of the Kubernetes API that polls use."""

    objects: dict[ObjectKey, JsonObject] = field(default_factory=dict)

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        assert resource == CONFIG_MAP
        if key not in self.objects:
            raise errors.NotFound(f"get {key}", "there is none")
        return self.objects[key]

    async def apply(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        assert resource == CONFIG_MAP
        self.objects[Manifest.model_validate(manifest).key] = manifest
        return manifest

    async def delete(self, resource: Resource, key: ObjectKey, *, uid: str) -> None:  # noqa: ARG002 -- see KubernetesApi
        del self.objects[key]


class World:
    """Polls, and an organisation whose log a test writes."""

    def __init__(self) -> None:
        self.maps, self.clock, self.woken = ConfigMaps(), Clock(), list[WorkKey]()
        self.log = WrittenPages({})
        self.restart()

    def restart(self) -> None:
        """Another process, which knows nothing but what is in ConfigMaps."""
        self.polls = Polls(cast(KubernetesApi, self.maps), "operator", self.woken.append, self.clock)

    def organization(self, sign_in: SignIn = SIGN_IN) -> OpenOrganization:
        """A connection to it."""
        listed = HookList()
        hooks = GuardedHooks(HooksInMemory(), listed, Guard(OpenGate(), Counted()))
        return OpenOrganization(sign_in, hooks, listed, self.log, Pace(Budget()))

    def follow(self, org: WorkKey = MINE, interval: timedelta = MINUTE, sign_in: SignIn = SIGN_IN) -> None:
        """An organisation object was looked at."""
        self.polls.follow(org, self.organization(sign_in), interval)

    def read_along(self, hook: WorkKey = SIGN_INS, org: WorkKey = MINE, hook_id: str = HOOK_ID) -> NotedReader:
        """A hook was looked at."""
        reader = NotedReader()
        self.polls.read_along(hook, org, hook_id, [reader])
        return reader


@pytest.fixture
def world() -> World:
    return World()


def failed(uuid: str, hook_id: str = HOOK_ID, then: str = "2") -> LogPage:
    """A page that tells of a delivery that Okta gave up."""
    return page(entry(uuid, "event_hook.delivery", target=about(hook_id)), then=then)


async def test_an_organization_is_polled_each_interval(world: World) -> None:
    world.follow(interval=3 * MINUTE)
    reader = world.read_along()
    world.log.pages = {"": page(entry("a"), then="2")}
    assert await world.polls.round(MINE) == 3 * MINUTE
    assert reader.uuids == ["a"]


async def test_an_organization_without_hooks_is_not_asked(world: World) -> None:
    world.follow()
    assert await world.polls.round(MINE) == MINUTE
    assert world.log.asked == []


async def test_many_hooks_cost_one_call(world: World) -> None:
    world.follow()
    for number in range(25):
        world.read_along(WorkKey(HOOK, ObjectKey("identity", f"hook-{number}")))
    world.log.pages = {"": page(then="2")}
    await world.polls.round(MINE)
    assert len(world.log.asked) == 1


async def test_objects_that_sign_in_alike_share_a_poll_and_the_shortest_interval(world: World) -> None:
    world.follow(MINE, 5 * MINUTE)
    world.follow(SHARED, MINUTE)
    readers = [world.read_along(), world.read_along(SIGN_OUTS, SHARED)]
    world.log.pages = {"": page(entry("a"), then="2")}
    assert [await world.polls.round(org) for org in (MINE, SHARED)] == [None, MINUTE]
    assert [reader.uuids for reader in readers] == [["a"], ["a"]]


async def test_who_signs_in_otherwise_is_not_shown_what_another_credential_may_read(world: World) -> None:
    world.follow(MINE)
    world.follow(SHARED, sign_in=replace(SIGN_IN, secret="another"))
    mine, others = world.read_along(), world.read_along(SIGN_OUTS, SHARED)
    world.log.pages = {"": page(entry("a"), then="2")}
    await world.polls.round(MINE)
    assert (mine.uuids, others.uuids) == (["a"], [])


async def test_a_hook_is_looked_at_when_the_log_has_something_new_of_it(world: World) -> None:
    world.follow()
    world.read_along()
    world.read_along(SIGN_OUTS, hook_id=OTHER_HOOK)
    world.log.pages = {"": failed("a")}
    await world.polls.round(MINE)
    assert world.woken == [SIGN_INS]


async def test_tells_what_the_log_says_of_a_hook(world: World) -> None:
    world.follow()
    world.read_along()
    world.log.pages = {"": failed("a")}
    await world.polls.round(MINE)
    seen = world.polls.seen(MINE, HOOK_ID)
    assert (seen.told.failures, seen.failed_at, seen.read_through_at) == (1, world.clock.now, world.clock.now)


async def test_of_a_log_that_was_not_read_nothing_is_told(world: World) -> None:
    assert world.polls.seen(MINE, HOOK_ID).read_through_at is None


async def test_a_log_that_can_t_be_read_is_left_alone_for_longer_each_time(world: World) -> None:
    world.follow()
    world.read_along()
    world.log.pages = {"": BROKEN}
    assert [await world.polls.round(MINE) for _ in range(3)] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert world.polls.seen(MINE, HOOK_ID).trouble == str(BROKEN)


async def test_one_that_can_be_read_again_is_polled_as_before(world: World) -> None:
    world.follow()
    world.read_along()
    world.log.pages = {"": RateLimited("read system log", "429")}
    await world.polls.round(MINE)
    world.log.pages = {"": page(then="2")}
    assert await world.polls.round(MINE) == MINUTE
    assert world.polls.seen(MINE, HOOK_ID).trouble == ""


async def test_another_process_goes_on_and_still_knows_what_was_counted(world: World) -> None:
    world.follow()
    world.read_along()
    world.log.pages = {"": failed("a"), "2": page(then="3")}
    await world.polls.round(MINE)
    world.restart()
    world.follow()
    world.read_along()
    await world.polls.round(MINE)
    assert [query.after for query in world.log.asked] == ["", "2"]
    assert world.polls.seen(MINE, HOOK_ID).told.failures == 1


async def test_what_is_kept_is_kept_in_the_operator_s_namespace(world: World) -> None:
    world.follow()
    world.read_along()
    world.log.pages = {"": page(then="2")}
    await world.polls.round(MINE)
    assert list(world.maps.objects) == [ObjectKey("operator", "okta-event-hooks-system-log.oktaorg.identity.default")]


async def test_an_object_that_is_gone_is_not_polled_and_leaves_nothing_behind(world: World) -> None:
    world.follow()
    world.read_along()
    world.log.pages = {"": page(then="2")}
    await world.polls.round(MINE)
    world.polls.forget(MINE)
    assert await world.polls.round(MINE) is None
    assert world.maps.objects == {}


async def test_another_object_goes_on_with_the_poll_of_one_that_is_gone(world: World) -> None:
    world.follow(SHARED)
    world.follow(MINE)
    reader = world.read_along(SIGN_OUTS, MINE)
    world.log.pages = {"": page(entry("a"), then="2"), "2": page(entry("b"), then="3")}
    await world.polls.round(SHARED)
    world.polls.forget(SHARED)
    await world.polls.round(MINE)
    assert [query.after for query in world.log.asked] == ["", "2"]
    assert reader.uuids == ["a", "b"]


async def test_a_hook_that_is_gone_reads_along_no_more(world: World) -> None:
    world.follow()
    reader = world.read_along()
    world.polls.leave(SIGN_INS)
    await world.polls.round(MINE)
    assert (reader.uuids, world.log.asked) == ([], [])


async def test_a_credential_that_was_changed_goes_on_where_the_one_before_was(world: World) -> None:
    world.follow()
    reader = world.read_along()
    world.log.pages = {"": page(entry("a"), then="2"), "2": page(entry("b"), then="3")}
    await world.polls.round(MINE)
    world.follow(sign_in=replace(SIGN_IN, secret="another"))
    await world.polls.round(MINE)
    assert reader.uuids == ["a", "b"]
