"""A dispatcher that crashes stops no reception, whichever way Okta's calls come into the cluster."""

import json
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from pydantic import JsonValue

from cluster.waiting import eventually
from demo import installing
from demo.okta import Okta
from localcluster.cluster import Cluster
from okta_hooks.kube.children import names
from okta_hooks.kube.children.configuration import DISPATCHER_FILE
from okta_hooks.kube.workload import ContainerStatus, Pod
from okta_simulator.control import requests
from okta_simulator.control.client import BlockingControlClient
from okta_simulator.ground_truth import HookFate

DELIVERIES = 5
UNUSABLE_FILE = 2  # the dispatcher's exit code
SUSPENDED = "jsonpath={.status.conditions[?(@.type=='Ready')].reason}=Suspended"
PAUSES = 180.0  # seconds within which Kubernetes starts a container again that has crashed some times

API_VERSION = "oktahooks.dev/v1alpha1"
EXPOSURES: dict[str, JsonValue] = {
    "an Ingress": {"ingress": {"host": "by-ingress.hooks.test"}},
    "an HTTPRoute": {
        "httpRoute": {
            "hostname": "by-route.hooks.test",
            "parentRefs": [{"name": "gateway", "namespace": "kube-system", "sectionName": "https"}],
        }
    },
}
ORG: JsonValue = {
    "apiVersion": API_VERSION,
    "kind": "OktaOrg",
    "metadata": {"name": "default"},
    "spec": {
        "url": "https://acme.okta.svc",
        "auth": {"apiToken": {"secretRef": {"name": "okta", "key": "token"}}},
        "caSecretRef": {"name": "okta", "key": "ca.crt"},
    },
}


def hook(exposure: JsonValue) -> JsonValue:
    return {
        "apiVersion": API_VERSION,
        "kind": "OktaEventHook",
        "metadata": {"name": "sign-ins"},
        "spec": {
            "eventTypes": ["user.session.start"],
            "exposure": exposure,
            "receiver": {"journal": {"emptyDir": {}}},
            "sinks": [{"name": "log", "stdout": {}}],
        },
    }


@dataclass(frozen=True)
class Team:
    """Whoever has a hook in a namespace of their own."""

    cluster: Cluster
    okta: BlockingControlClient
    namespace: str

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self.cluster.kubectl("--namespace", self.namespace, *arguments, stdin=stdin)

    def apply(self, *objects: JsonValue) -> None:
        for each in objects:
            self.kubectl("apply", "--filename=-", stdin=json.dumps(each))
        self.kubectl("wait", "oktaeventhook/sign-ins", "--for=condition=Ready", "--timeout=60s")

    def sign_in(self) -> str:
        """Let somebody sign in, and wait until the receiver has acknowledged the event, whose uuid it gives."""
        (uuid,) = self.okta(requests.emit(types=["user.session.start"])).uuids
        assert eventually(lambda: self.fate(uuid).outcome == "acknowledged")
        return uuid

    def fate(self, uuid: str) -> HookFate:
        hook_id = self.kubectl("get", "oktaeventhook/sign-ins", "--output=jsonpath={.status.hookId}")
        return self.okta(requests.truth_of(uuid)).hooks[hook_id]

    def has_passed_on(self, uuids: Sequence[str]) -> bool:
        """Whether the dispatcher that runs now has written these events to its sink."""
        log = self.kubectl("logs", f"deployment/{names.receiver('sign-ins')}", "--container=dispatcher")
        return all(uuid in log for uuid in uuids)

    @contextmanager
    def dispatcher_crashing(self) -> Iterator[None]:
        """Break the dispatcher's file, which the operator does not mend while the hook is suspended."""
        self._suspend("true")
        self.kubectl("wait", "oktaeventhook/sign-ins", f"--for={SUSPENDED}")
        broken = json.dumps({"data": {DISPATCHER_FILE: "{"}})
        self.kubectl("patch", "configmap", names.configuration("sign-ins"), "--type=merge", f"--patch={broken}")
        assert eventually(self._dispatcher_crashes, within=PAUSES)
        yield
        self._suspend("false")

    def _suspend(self, value: str) -> None:
        patch = f'--patch={{"spec": {{"suspend": {value}}}}}'
        self.kubectl("patch", "oktaeventhook/sign-ins", "--type=merge", patch)

    def _dispatcher_crashes(self) -> bool:
        """Whether Kubernetes pauses before it starts it again; until then it is ended whenever it runs."""
        state, before = self._dispatcher().state, self._dispatcher().last_state.terminated
        if state.waiting is None:
            self._exec("kill 1")
        is_unusable = before is not None and before.exit_code == UNUSABLE_FILE
        return is_unusable and state.waiting is not None and state.waiting.reason == "CrashLoopBackOff"

    def _exec(self, script: str) -> None:
        pod = f"deployment/{names.receiver('sign-ins')}"
        self.kubectl("exec", pod, "--container=dispatcher", "--", "sh", "-c", script)

    def _dispatcher(self) -> ContainerStatus:
        listed = json.loads(self.kubectl("get", "pods", "--output=json"))["items"]
        (pod,) = [Pod.model_validate(each) for each in listed]
        (status,) = [each for each in pod.status.container_statuses if each.name == "dispatcher"]
        return status


@pytest.fixture(scope="module")
def organization(cluster: Cluster) -> Iterator[Okta]:
    """A simulated organisation, and the operator."""
    yield installing.install(cluster)
    installing.uninstall(cluster)


@pytest.fixture
def team(cluster: Cluster, organization: Okta, namespace: str) -> Iterator[Team]:
    reached, files = organization.reached(cluster), organization.folder
    okta = BlockingControlClient(
        reached["OKTA_SIMULATOR_URL"],
        reached["OKTA_SIMULATOR_CONTROL_TOKEN"],
        trust=ssl.create_default_context(cafile=reached["SSL_CERT_FILE"]),
    )
    team = Team(cluster, okta, namespace)
    keys = (f"--from-file=token={files / 'api-token'}", f"--from-file={files / 'ca.crt'}")
    team.kubectl("create", "secret", "generic", "okta", *keys)
    yield team
    team.kubectl("delete", "oktaeventhook", "--all", "--timeout=60s")


@pytest.mark.parametrize("exposure", EXPOSURES.values(), ids=EXPOSURES)
def test_a_dispatcher_that_crashes_stops_no_reception(team: Team, exposure: JsonValue) -> None:
    team.apply(ORG, hook(exposure))
    with team.dispatcher_crashing():
        received = [team.sign_in() for _ in range(DELIVERIES)]
    assert [team.fate(uuid).attempts for uuid in received] == [1] * DELIVERIES


def test_what_came_while_the_dispatcher_crashed_comes_out_of_its_sink(team: Team) -> None:
    team.apply(ORG, hook(EXPOSURES["an Ingress"]))
    with team.dispatcher_crashing():
        received = [team.sign_in() for _ in range(DELIVERIES)]
    assert eventually(lambda: team.has_passed_on(received), within=PAUSES)
