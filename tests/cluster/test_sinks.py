"""Sinks come, fail and get other credentials while events are received, and none of it is felt by Okta."""

import json
import uuid

import pytest
from pydantic import JsonValue

from cluster.store import KUBELET, Store
from cluster.team import EXPOSURES, ORG, Team, hook
from cluster.waiting import eventually
from okta_hooks.api.hook_status import OktaEventHookStatus, SinkStatus
from okta_hooks.api.values import Condition
from okta_hooks.kube.children import names
from okta_hooks.kube.workload import Pod

EVENTS = 5

LOST: JsonValue = {
    "name": "lost",
    "http": {"url": "http://nobody.example.com:8088/events", "insecure": True},
}


class Feeding:
    """A team whose hook is fed to sinks that it changes."""

    def __init__(self, team: Team) -> None:
        self._team = team

    def begin(self) -> None:
        """Have a hook that is ready, with a sink that needs no network."""
        self._team.apply(ORG, hook(EXPOSURES["an Ingress"]))

    def into(self, *sinks: JsonValue) -> None:
        """Feed these sinks and no others, and wait until the dispatcher runs each."""
        patch = json.dumps({"spec": {"sinks": sinks}})
        self._team.kubectl("patch", "oktaeventhook/sign-ins", "--type=merge", f"--patch={patch}")
        assert eventually(lambda: [each.state for each in self.sinks()] == ["Running"] * len(sinks), within=KUBELET)

    def sinks(self) -> list[SinkStatus]:
        return list(self._seen().sinks or ())

    def condition(self, name: str) -> Condition:
        return next(each for each in self._seen().conditions if each.type == name)

    def pod(self) -> tuple[str, int]:
        """The uid of the one pod that receives, and how often its containers were started again."""
        labelled = "--selector=oktahooks.dev/hook=sign-ins"
        listed = json.loads(self._team.kubectl("get", "pods", labelled, "--output=json"))["items"]
        (pod,) = [Pod.model_validate(each) for each in listed]
        return pod.metadata.uid, sum(each.restart_count for each in pod.status.container_statuses)

    def ways_out(self) -> list[int]:
        """The ports that the pod may reach."""
        policy = self._team.kubectl("get", "networkpolicy", names.receiver("sign-ins"), "--output=json")
        rules = json.loads(policy)["spec"].get("egress", [])
        return [port["port"] for rule in rules for port in rule["ports"]]

    def _seen(self) -> OktaEventHookStatus:
        """The status after a look at this very moment."""
        now = f"oktahooks.dev/reconcile-at={uuid.uuid4().hex}"
        self._team.kubectl("annotate", "oktaeventhook/sign-ins", "--overwrite", now)
        found = json.loads(self._team.kubectl("get", "oktaeventhook/sign-ins", "--output=json"))
        return OktaEventHookStatus.model_validate(found["status"])


@pytest.fixture
def feeding(team: Team) -> Feeding:
    begun = Feeding(team)
    begun.begin()
    return begun


def test_a_sink_that_is_down_holds_back_no_other_and_the_status_tells(
    team: Team, feeding: Feeding, store: Store
) -> None:
    feeding.into(store.sink, LOST)
    received = [team.sign_in() for _ in range(EVENTS)]
    assert eventually(lambda: store.holds(received))
    assert eventually(lambda: feeding.condition("SinksHealthy").reason == "SinkUnavailable")
    assert feeding.condition("SinksHealthy").message.startswith("Sink lost: the name nobody.example.com ")
    assert [(each.name, each.state) for each in feeding.sinks()] == [("store", "Running"), ("lost", "Retrying")]


def test_another_sink_restarts_no_receiver(team: Team, feeding: Feeding, store: Store) -> None:
    before = feeding.pod()
    feeding.into(store.sink)
    received = [team.sign_in() for _ in range(EVENTS)]
    assert eventually(lambda: store.holds(received))
    assert feeding.pod() == before


def test_another_credential_restarts_no_receiver_and_refuses_no_delivery(
    team: Team, feeding: Feeding, store: Store
) -> None:
    feeding.into(store.sink)
    before = feeding.pod()
    store.change_password()
    received = [team.sign_in() for _ in range(EVENTS)]
    assert eventually(lambda: store.holds(received), within=KUBELET)
    assert [team.fate(each).attempts for each in received] == [1] * EVENTS
    assert feeding.pod() == before


def test_the_pod_may_reach_the_resolver_and_the_ports_of_its_sinks_and_nothing_else(feeding: Feeding) -> None:
    without = feeding.ways_out()
    feeding.into(LOST)
    assert (without, feeding.ways_out()) == ([], [53, 53, 8088])
