"""The parts of Deployments, pods and claims that say how a receiver does, as the API gives them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.kube.objects import Metadata


class StateCondition(ApiModel):
    """What Kubernetes says about one aspect."""

    type: str
    status: Literal["True", "False", "Unknown"]
    reason: str = ""
    message: str = ""


class DeploymentStatus(ApiModel):
    """How far a rollout is."""

    observed_generation: int = 0
    updated_replicas: int = 0
    conditions: tuple[StateCondition, ...] = ()


class Deployment(ApiModel):
    """A Deployment."""

    metadata: Metadata
    status: DeploymentStatus = DeploymentStatus()


class Waiting(ApiModel):
    """Why a container does not run yet."""

    reason: str = ""
    message: str = ""


class Terminated(ApiModel):
    """How a container ended."""

    exit_code: int
    reason: str = ""
    message: str = ""


class ContainerState(ApiModel):
    """One of its fields is there, or none."""

    waiting: Waiting | None = None
    terminated: Terminated | None = None


class ContainerStatus(ApiModel):
    """A container of a pod."""

    name: str
    image: str = ""
    ready: bool = False
    restart_count: int = 0
    state: ContainerState = ContainerState()
    last_state: ContainerState = ContainerState()


class PodStatus(ApiModel):
    """How a pod does."""

    phase: str = "Pending"
    reason: str = ""
    message: str = ""
    pod_ip: str = Field("", alias="podIP")
    conditions: tuple[StateCondition, ...] = ()
    container_statuses: tuple[ContainerStatus, ...] = ()


class Pod(ApiModel):
    """A pod."""

    metadata: Metadata
    status: PodStatus = PodStatus()


class ClaimStatus(ApiModel):
    """Whether a claim has its volume."""

    phase: str = "Pending"


class Claim(ApiModel):
    """A claim for a volume."""

    metadata: Metadata
    status: ClaimStatus = ClaimStatus()
