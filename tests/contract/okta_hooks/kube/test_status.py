"""Telling of a custom resource in its status."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.objects import JsonObject, Manifest
from okta_hooks.kube.resources import HOOK
from samples.kube import within

CONDITION: JsonObject = {
    "type": "Ready",
    "status": "True",
    "observedGeneration": 1,
    "lastTransitionTime": "2026-01-01T00:00:00Z",
    "reason": "Ready",
    "message": "The hook is ready.",
}


pytestmark = pytest.mark.usefixtures("kinds")


@pytest.fixture
async def created(api: ApiServer, namespace: str) -> Manifest:
    written: JsonObject = {
        "apiVersion": "oktahooks.dev/v1alpha1",
        "kind": "OktaEventHook",
        "metadata": {"name": "sign-ins", "namespace": namespace},
        "spec": {"eventTypes": ["user.session.start"], "exposure": {"url": "https://hooks.example.com"}},
    }
    return Manifest.model_validate(await api.create(HOOK, written))


def told(subject: Manifest, status: JsonValue) -> JsonObject:
    metadata: JsonObject = {
        "name": subject.metadata.name,
        "namespace": subject.metadata.namespace,
        "resourceVersion": subject.metadata.resource_version,
    }
    return {"apiVersion": subject.api_version, "kind": subject.kind, "metadata": metadata, "status": status}


async def test_a_status_takes_the_place_of_the_initial_one(api: ApiServer, created: Manifest) -> None:
    shown = await api.apply_status(HOOK, told(created, {"observedGeneration": 1, "conditions": [CONDITION]}))
    assert within(shown, "status", "conditions") == [CONDITION]


async def test_what_a_status_no_longer_says_goes(api: ApiServer, created: Manifest) -> None:
    before = await api.apply_status(HOOK, told(created, {"conditions": [CONDITION], "hookId": "who1"}))
    shown = await api.apply_status(HOOK, told(Manifest.model_validate(before), {"conditions": [CONDITION]}))
    assert "hookId" not in (shown["status"] if isinstance(shown["status"], dict) else {})


async def test_a_status_changes_no_generation(api: ApiServer, created: Manifest) -> None:
    shown = await api.apply_status(HOOK, told(created, {"conditions": [CONDITION]}))
    assert Manifest.model_validate(shown).metadata.generation == created.metadata.generation


async def test_the_status_of_another_object_of_the_same_name_is_left_alone(api: ApiServer, created: Manifest) -> None:
    found = await api.get(HOOK, created.key)
    await api.delete(HOOK, created.key, uid=created.metadata.uid)
    metadata: JsonObject = {"name": created.metadata.name, "namespace": created.metadata.namespace}
    await api.create(HOOK, {**found, "metadata": metadata})
    with pytest.raises(errors.Conflict):
        await api.apply_status(HOOK, told(created, {"conditions": [CONDITION]}))


async def test_an_object_that_is_gone_has_no_status(api: ApiServer, created: Manifest) -> None:
    await api.delete(HOOK, created.key, uid=created.metadata.uid)
    with pytest.raises(errors.NotFound):
        await api.apply_status(HOOK, told(created, {"conditions": [CONDITION]}))
