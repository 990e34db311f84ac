"""The receiver: the pods that Okta calls, and the journal that keeps what it sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.jet_stream import JetStreamJournal
from okta_hooks.api.model import ApiModel, Rule, exactly_one_of, rules
from okta_hooks.api.values import Duration, ObjectName, Quantity

Labels = dict[str, Annotated[str, Field(max_length=63)]]


class Resources(ApiModel):
    """What a container asks for and may use at most."""

    requests: dict[str, Quantity] | None = Field(
        None,
        description=(
            "What is kept free for it: cpu in cores, such as 100m for a tenth of one, and memory in bytes, such as"
            " 64Mi. Default: none."
        ),
        max_length=8,
    )
    limits: dict[str, Quantity] | None = Field(
        None,
        description="What it may use at most: cpu, such as 500m, and memory, such as 256Mi. Default: none.",
        max_length=8,
    )


class Toleration(ApiModel):
    """A taint that the pods put up with."""

    key: str | None = Field(None, description="Key of the taint. Default: every key.", max_length=316)
    operator: Literal["Exists", "Equal"] | None = Field(
        None, description="Equal: the taint has this value. Exists: it may have any. Default: Equal."
    )
    value: str | None = Field(None, description="Value of the taint. Default: the empty value.", max_length=63)
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = Field(
        None,
        description=(
            "What the taint does: NoSchedule and PreferNoSchedule keep new pods from the node, NoExecute drives out"
            " those that run there. Default: every effect."
        ),
    )
    toleration_seconds: int | None = Field(
        None, description="How long NoExecute is put up with, in seconds. Default: for ever.", ge=0
    )


class PersistentVolumeJournal(ApiModel):
    """A volume that outlives the pod: the default, with a size of 10Gi."""

    size: Quantity | None = Field(
        None, description="Size of the volume, in bytes, such as 20Gi; it may grow. Default: 10Gi."
    )
    storage_class_name: ObjectName | None = Field(
        None, description="Storage class of the claim. Default: the cluster's default class."
    )


class EmptyDirJournal(ApiModel):
    """A directory that ends with its pod: for trials. The status says what it can lose."""

    size_limit: Quantity | None = Field(
        None, description="Size of the directory at most, in bytes, such as 512Mi. Default: 1Gi."
    )


class Retention(ApiModel):
    """How long events are kept after every sink has had them; before that, they are never dropped."""

    max_age: Duration | None = Field(
        None, description="Age after which an event that every sink has had is dropped, such as 168h. Default: 72h."
    )
    max_size: Quantity | None = Field(
        None,
        description=(
            "Size of the journal, in bytes, such as 8Gi, at which the oldest events that every sink has had are"
            " dropped. Default: four fifths of the volume, or of jetStream.maxSize."
        ),
    )


class Journal(ApiModel):
    """Where events are kept before they are acknowledged to Okta."""

    model_config = rules(exactly_one_of("persistentVolume", "emptyDir", "jetStream"))

    persistent_volume: PersistentVolumeJournal | None = Field(
        None, description="A volume that outlives the pod; taken where nothing is said of a journal."
    )
    empty_dir: EmptyDirJournal | None = Field(
        None, description="A directory that ends with its pod, for trials: events are lost with it."
    )
    jet_stream: JetStreamJournal | None = Field(
        None,
        description=(
            "A stream on NATS servers, which several receivers write: for updates without a gap. It cannot be changed"
            " to, nor from."
        ),
    )
    retention: Retention | None = Field(
        None,
        description=(
            "How long events are kept once every sink has had them; before that, they are never dropped. Default: 72h,"
            " within four fifths of the volume or of jetStream.maxSize."
        ),
    )
    on_delete: Literal["Delete", "Retain"] | None = Field(
        None,
        description=(
            "What becomes of the volume when the hook's object is deleted. Delete: it goes, with the events in it."
            " Retain: its claim stays. A stream of jetStream always stays: delete it in NATS. Default: Delete."
        ),
    )


class Receiver(ApiModel):
    """The pods that Okta calls."""

    model_config = rules(
        Rule(
            "!has(self.mode) || self.mode != 'External' || (!has(self.journal) && !has(self.replicas)"
            " && !has(self.resources) && !has(self.nodeSelector) && !has(self.tolerations)"
            " && !has(self.priorityClassName) && !has(self.podLabels))",
            "with mode External the endpoint is your own: leave out journal, replicas, resources and scheduling",
        ),
        Rule(
            "!has(self.replicas) || self.replicas == 1 || (has(self.journal) && has(self.journal.jetStream))",
            "several receivers need a journal that they share: choose journal.jetStream, or leave replicas out",
        ),
    )

    mode: Literal["Managed", "External"] | None = Field(
        None,
        description=(
            "Managed: the operator runs the receiver. External: the address in exposure.url is an endpoint of your own,"
            " and the operator registers, verifies and watches the hook only. Default: Managed."
        ),
    )
    journal: Journal | None = Field(
        None,
        description=(
            "Where events are kept before they are acknowledged to Okta: exactly one of persistentVolume, emptyDir and"
            " jetStream, and for how long. Default: a volume of 10Gi."
        ),
    )
    replicas: Annotated[int, Field(ge=1, le=10)] | None = Field(
        None, description="How many pods receive, 1 to 10; more than one with journal.jetStream only. Default: 1."
    )
    resources: Resources | None = Field(
        None,
        description=(
            "What the container that Okta calls asks for and may use. Default: requests of 50m cpu and 64Mi memory, no"
            " limits."
        ),
    )
    node_selector: Labels | None = Field(
        None,
        description="Labels of the nodes to run on. Default: any node.",
        max_length=16,
    )
    tolerations: list[Toleration] | None = Field(
        None,
        description="Taints of nodes to put up with. Default: none.",
        max_length=16,
    )
    priority_class_name: ObjectName | None = Field(
        None,
        description=(
            "Priority class of the pod; only one that the operator is started to allow (--allow priority-class=...)."
            " Default: the cluster's default class."
        ),
    )
    pod_labels: Labels | None = Field(
        None,
        description="Further labels of the pod. Default: none.",
        max_length=16,
    )
