"""How often a namespace is read to see whether it is selected."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from okta_hooks.api.values import LabelSelector
from okta_hooks.controller.selecting import HOLDS, SelectedNamespaces
from okta_hooks.kube.api import KubernetesApi
from okta_hooks.kube.objects import JsonObject, ObjectKey, Resource
from unit.okta_hooks.controller.given import SteppingClock

IDENTITY = LabelSelector(match_labels={"team": "identity"})
PAYROLL = LabelSelector(match_labels={"team": "payroll"})


class Cluster:
    """One namespace, of a team, and how often it was read."""

    def __init__(self) -> None:
        self.team, self.reads, self.clock = "identity", 0, SteppingClock()
        self.selected = SelectedNamespaces(cast(KubernetesApi, self), self.clock)

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        self.reads += 1
        metadata: JsonObject = {"name": key.name, "labels": {"team": self.team}}
        return {"apiVersion": "v1", "kind": resource.kind, "metadata": metadata}

    async def have(self, selector: LabelSelector = IDENTITY) -> bool:
        return await self.selected.have("sign-ins", selector)


async def test_a_namespace_that_is_selected_is_not_read_for_each_hook() -> None:
    cluster = Cluster()
    assert [await cluster.have() for _ in range(25)] == [True] * 25
    assert cluster.reads == 1


async def test_a_label_that_was_missing_is_seen_at_once() -> None:
    cluster = Cluster()
    assert not await cluster.have(PAYROLL)
    cluster.team = "payroll"
    assert await cluster.have(PAYROLL)


async def test_a_label_that_was_taken_off_is_seen_after_a_minute() -> None:
    cluster = Cluster()
    await cluster.have()
    cluster.team = "payroll"
    cluster.clock.now += HOLDS
    assert not await cluster.have()


async def test_a_clock_that_was_put_back_lets_nothing_hold_for_longer() -> None:
    cluster = Cluster()
    await cluster.have()
    cluster.team = "payroll"
    cluster.clock.now -= timedelta(days=1)
    assert not await cluster.have()
