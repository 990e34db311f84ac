"""Several receivers that share a stream of a real NATS server: Okta notices nothing of an update of theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import JsonValue

from cluster.store import Store
from cluster.team import EXPOSURES, ORG, Team, hook
from cluster.waiting import eventually
from localcluster import images
from okta_hooks.api.values import Condition
from okta_hooks.kube.children import names
from okta_simulator.control import requests
from okta_simulator.ground_truth import HookFate

RECEIVERS = 2
EVENTS_PER_SECOND = 20.0
PAGE = 500
RECEIVER = f"deployment/{names.receiver('sign-ins')}"
SERVER: JsonValue = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "nats"},
    "spec": {
        "selector": {"matchLabels": {"app": "nats"}},
        "template": {
            "metadata": {"labels": {"app": "nats"}},
            "spec": {
                "containers": [
                    {
                        "name": "nats",
                        "image": images.NATS,
                        "args": ["--jetstream", "--store_dir=/data", "--http_port=8222"],
                        "readinessProbe": {"httpGet": {"port": 8222, "path": "/healthz"}, "periodSeconds": 1},
                        "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                    }
                ],
                "terminationGracePeriodSeconds": 0,
                "volumes": [{"name": "data", "emptyDir": {}}],
            },
        },
    },
}


@pytest.fixture
def streaming(team: Team, store: Store) -> Iterator[Team]:
    """A team whose receivers share a stream, and whose events go into the store."""
    team.kubectl("apply", "--filename=-", stdin=json.dumps(SERVER))
    team.kubectl("create", "service", "clusterip", "nats", "--tcp=4222", "--tcp=8222")
    team.kubectl("rollout", "status", "deployment/nats", "--timeout=60s")
    server = f"nats.{team.namespace}.svc"
    stream: JsonValue = {
        "urls": [f"nats://{server}:4222"],
        "monitorUrls": [f"http://{server}:8222"],
        "replicas": 1,
        "maxSize": "64Mi",
        "volume": {"size": "64Mi"},
    }
    wanted = hook(EXPOSURES["an Ingress"])
    assert isinstance(wanted, dict)
    spec = wanted["spec"]
    assert isinstance(spec, dict)
    receiver: JsonValue = {"replicas": RECEIVERS, "journal": {"jetStream": stream}}
    team.apply(ORG, {**wanted, "spec": {**spec, "receiver": receiver, "sinks": [store.sink]}})
    team.kubectl("rollout", "status", RECEIVER, "--timeout=60s")
    yield team
    team.kubectl("delete", "deployment/nats", "--wait=false")


@contextmanager
def signing_in(team: Team) -> Iterator[None]:
    """People sign in all the time."""
    team.okta(requests.set_traffic(EVENTS_PER_SECOND, types=["user.session.start"]))
    try:
        yield
    finally:
        team.okta(requests.set_traffic(0))


def fates(team: Team) -> dict[str, HookFate]:
    """What became of each event that was meant for the hook, by its uuid."""
    hook_id = team.kubectl("get", "oktaeventhook/sign-ins", "--output=jsonpath={.status.hookId}")
    found, begin = dict[str, HookFate](), 0
    while True:
        page = team.okta(requests.truths(begin=begin, limit=PAGE))
        found |= {event.uuid: event.hooks[hook_id] for event in page.events if hook_id in event.hooks}
        if page.next is None:
            return found
        begin = page.next


def pods(team: Team) -> set[str]:
    """The pods that receive."""
    labelled = "--selector=app.kubernetes.io/component=receiver"
    return set(team.kubectl("get", "pods", labelled, "--output=name").split())


def receiver_ready(team: Team) -> Condition:
    found = json.loads(team.kubectl("get", "oktaeventhook/sign-ins", "--output=json"))
    conditions = [Condition.model_validate(each) for each in found["status"]["conditions"]]
    return next(each for each in conditions if each.type == "ReceiverReady")


def test_receivers_that_are_replaced_under_load_refuse_no_delivery_and_lose_and_repeat_no_event(
    streaming: Team, store: Store
) -> None:
    before = pods(streaming)
    with signing_in(streaming):
        assert eventually(lambda: len(fates(streaming)) > EVENTS_PER_SECOND)
        streaming.kubectl("rollout", "restart", RECEIVER)
        streaming.kubectl("rollout", "status", RECEIVER, "--timeout=180s")
        assert eventually(lambda: not before & pods(streaming), within=60.0)
    assert eventually(lambda: all(fate.outcome != "waiting" for fate in fates(streaming).values()))
    told = fates(streaming)
    assert {uuid: fate for uuid, fate in told.items() if (fate.attempts, fate.acknowledged) != (1, 1)} == {}
    assert eventually(lambda: store.holds(list(told)), within=60.0)


def test_the_status_says_how_many_receive_and_what_the_servers_do_not_survive(streaming: Team) -> None:
    assert eventually(lambda: receiver_ready(streaming).message.startswith("2 of 2 receivers can write"), within=60.0)
    assert "those of the last 120 s: set sync_interval to always" in receiver_ready(streaming).message


def test_servers_that_are_gone_are_told_from_a_stream_that_is_full(streaming: Team) -> None:
    streaming.kubectl("scale", "deployment/nats", "--replicas=0")
    assert eventually(lambda: receiver_ready(streaming).reason == "JournalUnavailable", within=90.0)
    assert f"nats://nats.{streaming.namespace}.svc:4222" in receiver_ready(streaming).message
