"""Sinks come, fail and get other credentials while events are received, and none of it is felt by Okta."""

import base64
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pydantic import JsonValue

from cluster.team import EXPOSURES, ORG, Team, hook
from cluster.waiting import eventually
from localcluster import images
from okta_hooks.api.hook_status import OktaEventHookStatus, SinkStatus
from okta_hooks.api.values import Condition
from okta_hooks.kube.children import names
from okta_hooks.kube.workload import Pod

EVENTS = 5
PORT = 9428
KUBELET = 180.0  # seconds within which a changed Secret is seen by the operator and is in the pod

LOST: JsonValue = {
    "name": "lost",
    "http": {"url": "http://nobody.example.com:8088/events", "insecure": True},
}


@dataclass
class Store:
    """A VictoriaLogs in the team's namespace that takes and tells nothing without the password of its Secret."""

    team: Team
    password: str

    @property
    def sink(self) -> JsonValue:
        credential: dict[str, JsonValue] = {
            f"{name}SecretRef": {"name": "store", "key": name} for name in ("username", "password")
        }
        return {
            "name": "store",
            "elasticsearch": {
                "url": f"http://{self._host}/insert/elasticsearch",
                "insecure": True,
                "auth": {"basic": credential},
            },
        }

    @property
    def _host(self) -> str:
        return f"store.{self.team.namespace}.svc:{PORT}"

    def start(self) -> None:
        keys = ("--from-literal=username=okta", f"--from-literal=password={self.password}")
        self.team.kubectl("create", "secret", "generic", "store", *keys)
        self.team.kubectl("apply", "--filename=-", stdin=json.dumps(DEPLOYMENT))
        self.team.kubectl("create", "service", "clusterip", "store", f"--tcp={PORT}")
        self.team.kubectl("rollout", "status", "deployment/store", "--timeout=60s")

    def change_password(self) -> None:
        """Change it in the Secret, and wait until the store itself knows no other any more."""
        self.password = uuid.uuid4().hex
        patch = json.dumps({"data": {"password": base64.b64encode(self.password.encode()).decode()}})
        self.team.kubectl("patch", "secret", "store", f"--patch={patch}")
        assert eventually(self._answers, within=KUBELET)

    def uuids(self) -> list[str]:
        """The uuid of each event that it holds.

        Raises:
            ClusterError: It does not answer to this password.
        """
        query = "query=event.uuid:* | fields event.uuid"
        command = ["curl", "--silent", "--show-error", "--fail", "--user", f"okta:{self.password}"]
        command += ["--data-urlencode", query, f"http://{self._host}/select/logsql/query"]
        return [json.loads(line)["event.uuid"] for line in self.team.cluster.run(command).stdout.splitlines()]

    def holds(self, uuids: list[str]) -> bool:
        """Whether it holds these events, each once, and no others."""
        return sorted(self.uuids()) == sorted(uuids)

    def _answers(self) -> bool:
        self.uuids()
        return True


DEPLOYMENT: JsonValue = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "store", "labels": {"app": "store"}},
    "spec": {
        "selector": {"matchLabels": {"app": "store"}},
        "template": {
            "metadata": {"labels": {"app": "store"}},
            "spec": {
                "containers": [
                    {
                        "name": "victoria-logs",
                        "image": images.VICTORIA_LOGS,
                        "args": [
                            "-storageDataPath=/data",
                            "-httpAuth.username=okta",
                            "-httpAuth.password=file:///secret/password",
                        ],
                        "readinessProbe": {"httpGet": {"port": PORT, "path": "/health"}, "periodSeconds": 1},
                        "volumeMounts": [
                            {"name": "data", "mountPath": "/data"},
                            {"name": "secret", "mountPath": "/secret"},
                        ],
                    }
                ],
                "securityContext": {"fsGroup": 65532},
                "terminationGracePeriodSeconds": 0,
                "volumes": [
                    {"name": "data", "emptyDir": {}},
                    {"name": "secret", "secret": {"secretName": "store"}},
                ],
            },
        },
    },
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


@pytest.fixture
def store(team: Team) -> Iterator[Store]:
    started = Store(team, password=uuid.uuid4().hex)
    started.start()
    yield started
    team.kubectl("delete", "deployment/store", "--wait=false")


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
