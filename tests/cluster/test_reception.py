"""A dispatcher that crashes stops no reception, whichever way Okta's calls come into the cluster."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import JsonValue

from cluster.team import EXPOSURES, ORG, Team, hook
from cluster.waiting import eventually
from okta_hooks.kube.children import names
from okta_hooks.kube.children.configuration import DISPATCHER_FILE
from okta_hooks.kube.workload import ContainerStatus, Pod

DELIVERIES = 5
UNUSABLE_FILE = 2  # the dispatcher's exit code
SUSPENDED = "jsonpath={.status.conditions[?(@.type=='Ready')].reason}=Suspended"
PAUSES = 180.0  # seconds within which Kubernetes starts a container again that has crashed some times


@contextmanager
def dispatcher_crashing(team: Team) -> Iterator[None]:
    """Break the dispatcher's file, which the operator does not mend while the hook is suspended."""
    suspend(team, "true")
    team.kubectl("wait", "oktaeventhook/sign-ins", f"--for={SUSPENDED}")
    broken = json.dumps({"data": {DISPATCHER_FILE: "{"}})
    team.kubectl("patch", "configmap", names.configuration("sign-ins"), "--type=merge", f"--patch={broken}")
    assert eventually(lambda: dispatcher_crashes(team), within=PAUSES)
    yield
    suspend(team, "false")


def suspend(team: Team, value: str) -> None:
    patch = f'--patch={{"spec": {{"suspend": {value}}}}}'
    team.kubectl("patch", "oktaeventhook/sign-ins", "--type=merge", patch)


def dispatcher_crashes(team: Team) -> bool:
    """Whether Kubernetes pauses before it starts it again; until then it is ended whenever it runs."""
    dispatcher = status_of_the_dispatcher(team)
    state, before = dispatcher.state, dispatcher.last_state.terminated
    if state.waiting is None:
        pod = f"deployment/{names.receiver('sign-ins')}"
        team.kubectl("exec", pod, "--container=dispatcher", "--", "sh", "-c", "kill 1")
    is_unusable = before is not None and before.exit_code == UNUSABLE_FILE
    return is_unusable and state.waiting is not None and state.waiting.reason == "CrashLoopBackOff"


def status_of_the_dispatcher(team: Team) -> ContainerStatus:
    listed = json.loads(team.kubectl("get", "pods", "--output=json"))["items"]
    (pod,) = [Pod.model_validate(each) for each in listed]
    (status,) = [each for each in pod.status.container_statuses if each.name == "dispatcher"]
    return status


@pytest.mark.parametrize("exposure", EXPOSURES.values(), ids=EXPOSURES)
def test_a_dispatcher_that_crashes_stops_no_reception(team: Team, exposure: JsonValue) -> None:
    team.apply(ORG, hook(exposure))
    with dispatcher_crashing(team):
        received = [team.sign_in() for _ in range(DELIVERIES)]
    assert [team.fate(uuid).attempts for uuid in received] == [1] * DELIVERIES


def test_what_came_while_the_dispatcher_crashed_comes_out_of_its_sink(team: Team) -> None:
    team.apply(ORG, hook(EXPOSURES["an Ingress"]))
    with dispatcher_crashing(team):
        received = [team.sign_in() for _ in range(DELIVERIES)]
    assert eventually(lambda: team.has_passed_on(received), within=PAUSES)
