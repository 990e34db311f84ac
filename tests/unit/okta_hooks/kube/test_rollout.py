"""What is said about a receiver, from what Kubernetes shows."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from okta_hooks.api.conditions import Reason
from okta_hooks.kube.objects import JsonObject
from okta_hooks.kube.rollout import Observation, Workload, observe_dispatcher, observe_receiver
from okta_hooks.kube.workload import Claim, Deployment, Pod

READY: JsonObject = {"name": "receiver", "ready": True, "state": {"running": {}}}


def deployment(*, generation: int = 1, observed: int = 1, conditions: JsonValue = None) -> Deployment:
    return Deployment.model_validate(
        {
            "metadata": {"name": "sign-ins-receiver", "namespace": "identity", "generation": generation},
            "status": {"observedGeneration": observed, "conditions": conditions or []},
        }
    )


def pod(*containers: JsonObject, name: str = "pod", ending: bool = False, conditions: JsonValue = None) -> Pod:
    metadata: JsonObject = {"name": name, "namespace": "identity"}
    if ending:
        metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    return Pod.model_validate(
        {"metadata": metadata, "status": {"containerStatuses": list(containers), "conditions": conditions or []}}
    )


def container(
    state: JsonObject, *, name: str = "receiver", last: JsonObject | None = None, restarts: int = 0
) -> JsonObject:
    return {
        "name": name,
        "image": "registry.example.com/hooks:1",
        "ready": False,
        "restartCount": restarts,
        "state": state,
        "lastState": last or {},
    }


def observed(*pods: Pod, claim: Claim | None = None) -> Observation:
    return observe_receiver(Workload(deployment(), pods, claim))


def unschedulable(message: str) -> Pod:
    return pod(conditions=[{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}])


def claim(phase: str) -> Claim:
    return Claim.model_validate({"metadata": {"name": "sign-ins-journal"}, "status": {"phase": phase}})


def test_a_ready_container_receives() -> None:
    assert observed(pod(READY)).ready


def test_a_receiver_whose_dispatcher_crashes_receives_all_the_same() -> None:
    crashed = container({"waiting": {"reason": "CrashLoopBackOff"}}, name="dispatcher", restarts=3)
    workload = Workload(deployment(), [pod(READY, crashed)])
    assert observe_receiver(workload).ready
    assert observe_dispatcher(workload).reason == Reason.CRASH_LOOPING


def test_nothing_made_yet_is_progress() -> None:
    assert observe_receiver(Workload(None, [])).reason == Reason.PROGRESSING


def test_a_change_that_kubernetes_has_not_seen_is_progress() -> None:
    workload = Workload(deployment(generation=2, observed=1), [pod(READY)])
    assert observe_receiver(workload).reason == Reason.PROGRESSING


def test_a_pod_that_is_ending_does_not_count() -> None:
    said = observed(pod(READY, ending=True))
    assert (said.ready, said.reason) == (False, Reason.PROGRESSING)
    assert "pod before has to end" in said.message


def test_of_two_pods_the_ready_one_counts() -> None:
    waiting = pod(container({"waiting": {"reason": "ContainerCreating"}}), name="z")
    assert observed(pod(READY, name="a"), waiting).ready


@pytest.mark.parametrize("reason", ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"])
def test_an_image_that_is_not_got_is_named(reason: str) -> None:
    said = observed(pod(container({"waiting": {"reason": reason, "message": "not found"}})))
    assert said.reason == Reason.IMAGE_PULL_FAILED
    assert "registry.example.com/hooks:1: not found" in said.message


def test_a_crash_is_told_with_its_last_words_and_where_to_read_more() -> None:
    last: JsonObject = {"terminated": {"exitCode": 3, "reason": "Error", "message": "the journal's disk is gone\n"}}
    said = observed(pod(container({"waiting": {"reason": "CrashLoopBackOff"}}, last=last, restarts=4)))
    assert said.reason == Reason.CRASH_LOOPING
    assert "ended 4 times, last with code 3: the journal's disk is gone" in said.message
    assert "kubectl logs --namespace identity pod --container receiver --previous" in said.message


def test_a_container_that_ran_out_of_memory_says_so() -> None:
    said = observed(pod(container({"terminated": {"exitCode": 137, "reason": "OOMKilled"}})))
    assert "code 137 (OOMKilled)" in said.message


def test_long_last_words_are_cut_to_their_end() -> None:
    last: JsonObject = {"terminated": {"exitCode": 1, "message": "x" * 5000 + " the cause"}}
    said = observed(pod(container({"waiting": {"reason": "CrashLoopBackOff"}}, last=last, restarts=1)))
    assert "the cause" in said.message
    assert len(said.message) < 600


def test_a_pod_that_fits_nowhere_says_why() -> None:
    said = observed(unschedulable("0/3 nodes are available: 3 Insufficient cpu."), claim=claim("Bound"))
    assert said.reason == Reason.UNSCHEDULABLE
    assert said.message == "No node takes pod identity/pod: 0/3 nodes are available: 3 Insufficient cpu."


def test_a_volume_that_is_not_made_is_explained() -> None:
    said = observed(unschedulable("unbound immediate PersistentVolumeClaims"), claim=claim("Pending"))
    assert "storage class" in said.message


def test_a_lost_volume_is_explained() -> None:
    assert "delete the claim" in observed(unschedulable("bound to a lost volume"), claim=claim("Lost")).message


def test_pods_that_a_quota_forbids_are_explained() -> None:
    conditions: JsonValue = [{"type": "ReplicaFailure", "status": "True", "message": "exceeded quota: small"}]
    said = observe_receiver(Workload(deployment(conditions=conditions), []))
    assert said.reason == Reason.PODS_REFUSED
    assert "exceeded quota: small" in said.message


def test_something_that_a_container_names_and_that_is_missing_is_named() -> None:
    state: JsonObject = {"waiting": {"reason": "CreateContainerConfigError", "message": 'secret "mine" not found'}}
    said = observed(pod(container(state)))
    assert said.reason == Reason.SECRET_MISSING
    assert 'secret "mine" not found' in said.message


def test_a_container_that_is_being_made_is_progress_with_a_way_to_look() -> None:
    said = observed(pod(container({"waiting": {"reason": "ContainerCreating"}})))
    assert said.reason == Reason.PROGRESSING
    assert "kubectl describe pod --namespace identity pod" in said.message
