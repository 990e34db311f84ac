"""What a Deployment, its pods and their containers say about a receiver: a word, and a sentence to act on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okta_hooks.api.conditions import Reason
from okta_hooks.kube.children.metadata import DISPATCHER, RECEIVER
from okta_hooks.kube.workload import Claim, ContainerStatus, Deployment, Pod, StateCondition

_IMAGE_TROUBLES = frozenset(
    {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError"}
)
_LAST_WORDS = 300  # characters of what a container said before it ended


@dataclass(frozen=True)
class Observation:
    """Whether a container does its work, as a condition says it.

    Args:
        ready: Whether Kubernetes has seen that it does.
        reason: In a word.
        message: In a sentence.
        is_running: Whether it runs for the first time, and all that is awaited is Kubernetes' next look.
    """

    ready: bool
    reason: Reason
    message: str
    is_running: bool = False


@dataclass(frozen=True)
class Workload:
    """What there is of a receiver or a dispatcher; None for what is not there (yet).

    Args:
        deployment: Makes the pods.
        pods: Those that there are.
        claim: For their volume.
        has_volume: Whether they need one, so that one pod has to end before the next begins.
    """

    deployment: Deployment | None
    pods: Sequence[Pod]
    claim: Claim | None = None
    has_volume: bool = True


def observe_receiver(workload: Workload) -> Observation:
    """How the container does that Okta calls; the dispatcher beside it does not matter here."""
    return _observe(workload, RECEIVER)


def ready_receivers(workload: Workload) -> int:
    """How many pods have a container that Okta calls and Kubernetes calls ready."""
    return sum(_is_ready(pod, RECEIVER) for pod in _standing(workload.pods))


def observe_dispatcher(workload: Workload) -> Observation:
    """How the container does that feeds the sinks."""
    return _observe(workload, DISPATCHER)


def _observe(workload: Workload, container: str) -> Observation:
    deployment = workload.deployment
    if deployment is None:
        return _progressing("The Deployment is about to be made.")
    if deployment.status.observed_generation < deployment.metadata.generation:
        return _progressing("Kubernetes has not yet looked at the latest change of the Deployment.")
    pods = _standing(workload.pods)
    if not pods:
        return _without_pod(deployment, workload)
    pod = max(pods, key=lambda pod: (_is_ready(pod, container), pod.metadata.name))
    return _of_pod(pod, container, workload)


def _standing(pods: Sequence[Pod]) -> Sequence[Pod]:
    return [pod for pod in pods if pod.metadata.deletion_timestamp is None and pod.status.phase != "Failed"]


def _without_pod(deployment: Deployment, workload: Workload) -> Observation:
    failure = _condition(deployment.status.conditions, "ReplicaFailure")
    if failure is not None and failure.status == "True":
        return Observation(
            ready=False,
            reason=Reason.PODS_REFUSED,
            message=f"Kubernetes makes no pod for Deployment {deployment.metadata.key}: {failure.message}. Change the"
            " quota or the policy that it names.",
        )
    if workload.has_volume and any(pod.metadata.deletion_timestamp is not None for pod in workload.pods):
        return _progressing("The pod before has to end before the next may write to its journal.")
    return _progressing(f"Kubernetes is about to make the pod of Deployment {deployment.metadata.key}.")


def _of_pod(pod: Pod, container: str, workload: Workload) -> Observation:
    scheduled = _condition(pod.status.conditions, "PodScheduled")
    if scheduled is not None and scheduled.status == "False":
        return _unschedulable(pod, scheduled, workload)
    status = next((status for status in pod.status.container_statuses if status.name == container), None)
    if status is None:
        return _progressing(f"Pod {pod.metadata.key} is about to start its container {container}.")
    return _of_container(pod, status)


def _of_container(pod: Pod, status: ContainerStatus) -> Observation:
    waiting = status.state.waiting
    if status.ready:
        return Observation(
            ready=True, reason=Reason.READY, message=f"Container {status.name} of pod {pod.metadata.key} is ready."
        )
    if waiting is not None and waiting.reason in _IMAGE_TROUBLES:
        return Observation(
            ready=False,
            reason=Reason.IMAGE_PULL_FAILED,
            message=f"The node of pod {pod.metadata.key} cannot get image {status.image}: {_said(waiting.message)}. See"
            " that the image exists and that the registry's credentials are among the operator's pull secrets.",
        )
    if waiting is not None and waiting.reason == "CreateContainerConfigError":
        return Observation(
            ready=False,
            reason=Reason.SECRET_MISSING,
            message=f"Container {status.name} of pod {pod.metadata.key} lacks something that it names:"
            f" {_said(waiting.message)}. Make it, and the pod starts by itself.",
        )
    if status.restart_count > 0 or status.state.terminated is not None:
        return _crashing(pod, status)
    if waiting is not None:
        return _progressing(
            f"Container {status.name} of pod {pod.metadata.key} is being made. If this stays, a volume or Secret may be"
            f" missing: {_how_to_describe(pod)}."
        )
    return Observation(
        ready=False,
        reason=Reason.PROGRESSING,
        message=f"Container {status.name} of pod {pod.metadata.key} runs and is not ready yet. If this stays:"
        f" {_how_to_describe(pod)}.",
        is_running=True,
    )


def _crashing(pod: Pod, status: ContainerStatus) -> Observation:
    ended = status.state.terminated or status.last_state.terminated
    how = f"ended {status.restart_count} times" if status.restart_count > 1 else "ended"
    last = f", last with code {ended.exit_code}{_reason(ended.reason)}: {_said(ended.message)}" if ended else ""
    namespace, name = pod.metadata.namespace, pod.metadata.name
    return Observation(
        ready=False,
        reason=Reason.CRASH_LOOPING,
        message=f"Container {status.name} of pod {pod.metadata.key} {how}{last}. See: kubectl logs --namespace"
        f" {namespace} {name} --container {status.name} --previous",
    )


def _unschedulable(pod: Pod, scheduled: StateCondition, workload: Workload) -> Observation:
    volume, claim = "", workload.claim
    if claim is not None and claim.status.phase == "Lost":
        volume = f" The volume of claim {claim.metadata.key} is lost: delete the claim, and a new journal begins."
    elif workload.has_volume and (claim is None or claim.status.phase != "Bound"):
        volume = (
            " A journal needs a volume: see that the cluster has a default storage class, or give it one by the"
            " storageClassName in the spec's receiver.journal."
        )
    return Observation(
        ready=False,
        reason=Reason.UNSCHEDULABLE,
        message=f"No node takes pod {pod.metadata.key}: {_said(scheduled.message)}.{volume}",
    )


def _progressing(message: str) -> Observation:
    return Observation(ready=False, reason=Reason.PROGRESSING, message=message)


def _is_ready(pod: Pod, container: str) -> bool:
    return any(status.ready and status.name == container for status in pod.status.container_statuses)


def _condition(conditions: Sequence[StateCondition], kind: str) -> StateCondition | None:
    return next((condition for condition in conditions if condition.type == kind), None)


def _how_to_describe(pod: Pod) -> str:
    return f"kubectl describe pod --namespace {pod.metadata.namespace} {pod.metadata.name}"


def _reason(reason: str) -> str:
    return f" ({reason})" if reason and reason != "Error" else ""


def _said(message: str) -> str:
    """The end of what was said, where the cause is, as a part of a sentence."""
    text = " ".join(message.split()).rstrip(".")
    return f"…{text[-_LAST_WORDS:]}" if len(text) > _LAST_WORDS else text or "it says no more"
