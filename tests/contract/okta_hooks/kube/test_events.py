"""Events as `kubectl` shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import JsonValue

from localcluster.controlplane import ControlPlane
from okta_hooks.kube.api_server import ApiServer
from okta_hooks.kube.events import EventRecorder, Happening
from okta_hooks.kube.objects import Manifest
from okta_hooks.kube.resources import CONFIG_MAP, EVENT
from samples.kube import within

READY = Happening("Normal", "Ready", "Reconcile", "The hook is ready.")


@pytest.fixture
async def subject(api: ApiServer, namespace: str) -> Manifest:
    made = await api.create(
        CONFIG_MAP, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "subject", "namespace": namespace}}
    )
    return Manifest.model_validate(made)


@pytest.fixture
def recorder(api: ApiServer) -> EventRecorder:
    return EventRecorder(api, "operator-0")


async def written(api: ApiServer, subject: Manifest) -> list[JsonValue]:
    found = await api.list(EVENT, subject.metadata.namespace)
    return [event for event in found if within(event, "regarding", "uid") == subject.metadata.uid]


async def test_an_event_is_shown_with_the_object(
    recorder: EventRecorder, subject: Manifest, controlplane: ControlPlane
) -> None:
    await recorder.record(subject, READY)
    shown = controlplane.kubectl("events", "--for=configmap/subject", "--namespace", subject.metadata.namespace)
    assert "The hook is ready." in shown


async def test_the_same_again_is_counted_and_not_written_again(
    api: ApiServer, recorder: EventRecorder, subject: Manifest
) -> None:
    for _ in range(3):
        await recorder.record(subject, READY)
    (event,) = await written(api, subject)
    assert within(event, "series", "count") == 3


async def test_something_else_is_another_event(api: ApiServer, recorder: EventRecorder, subject: Manifest) -> None:
    await recorder.record(subject, READY)
    await recorder.record(subject, replace(READY, type="Warning", reason="CrashLooping"))
    assert len(await written(api, subject)) == 2


async def test_a_long_note_is_cut(api: ApiServer, recorder: EventRecorder, subject: Manifest) -> None:
    await recorder.record(subject, replace(READY, note="ü" * 2000))
    (event,) = await written(api, subject)
    assert within(event, "note") == "ü" * 512


async def test_an_event_that_cannot_be_written_holds_nothing_up(recorder: EventRecorder, subject: Manifest) -> None:
    elsewhere = subject.model_copy(
        update={"metadata": subject.metadata.model_copy(update={"namespace": "no-such-namespace"})}
    )
    await recorder.record(elsewhere, READY)
