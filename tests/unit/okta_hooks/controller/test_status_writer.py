"""In which order a status is written and told of: an operator may end in between."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.api.hook_status import OktaEventHookStatus
from okta_hooks.api.values import Condition
from okta_hooks.controller.metrics import Metrics
from okta_hooks.controller.status_writer import StatusWriter
from okta_hooks.controller.work_key import WorkKey
from okta_hooks.kube.errors import Conflict
from okta_hooks.kube.events import EventRecorder
from okta_hooks.kube.objects import JsonObject, Metadata, ObjectKey, Resource
from okta_hooks.kube.resources import EVENT, HOOK
from samples.kube import within

KEY = ObjectKey("identity", "sign-ins")
METADATA = Metadata(name=KEY.name, namespace=KEY.namespace, uid="uid", resource_version="1")
SYNCED = Condition(
    type="Synced",
    status="True",
    observed_generation=1,
    last_transition_time="2026-11-23T12:00:00Z",
    reason="Synced",
    message="The hook in Okta equals the spec.",
)
STATUS = OktaEventHookStatus(conditions=[SYNCED])


class OperatorEnds(BaseException):
    """Whatever was to follow does not."""


class Operators:
    """Operators that follow one another, and find the object in the same state."""

    def __init__(self) -> None:
        self.cluster = Cluster()

    async def reconcile(self) -> None:
        writer = StatusWriter(self.cluster, EventRecorder(self.cluster, "operator"), Metrics())
        await writer.page(WorkKey(HOOK, KEY), METADATA).tell((), (SYNCED,), STATUS)

    def told(self) -> list[tuple[JsonValue, JsonValue]]:
        """The reason of each Event, and what it says of how often it was told."""
        return [(event["reason"], event.get("series", {})) for event in self.cluster.events.values()]


class Cluster:
    """Keeps Events, and a status that the operator may not live to write."""

    def __init__(self) -> None:
        self.events: dict[str, JsonObject] = {}
        self.statuses: list[JsonObject] = []
        self.ends_before_a_status = False

    async def get(self, resource: Resource, key: ObjectKey) -> JsonObject:
        assert resource == EVENT
        return self.events[key.name]

    async def create(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        name = str(within(manifest, "metadata", "name"))
        if name in self.events:
            raise Conflict(f"create {resource.kind}", "there is one")
        self.events[name] = manifest
        return manifest

    async def replace(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        assert resource == EVENT
        self.events[str(within(manifest, "metadata", "name"))] = manifest
        return manifest

    async def apply_status(self, resource: Resource, manifest: JsonObject) -> JsonObject:
        assert resource == HOOK
        if self.ends_before_a_status:
            raise OperatorEnds
        self.statuses.append(manifest)
        return manifest


async def test_what_is_new_is_told_once_and_then_written() -> None:
    operators = Operators()
    await operators.reconcile()
    assert operators.told() == [("Synced", {})]
    assert len(operators.cluster.statuses) == 1


async def test_an_operator_that_ends_before_it_has_written_the_status_has_told_of_it() -> None:
    operators = Operators()
    operators.cluster.ends_before_a_status = True
    with pytest.raises(OperatorEnds):
        await operators.reconcile()
    assert [reason for reason, _ in operators.told()] == ["Synced"]


async def test_the_next_operator_adds_to_the_count_of_the_same_event() -> None:
    operators = Operators()
    operators.cluster.ends_before_a_status = True
    with pytest.raises(OperatorEnds):
        await operators.reconcile()
    operators.cluster.ends_before_a_status = False
    await operators.reconcile()
    (event,) = operators.cluster.events.values()
    assert within(event, "series", "count") == 2
