"""The receiver: the pods that Okta calls, and the journal that keeps what it sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, exactly_one_of, rules
from okta_hooks.api.values import Duration, ObjectName

Quantity = Annotated[
    str, Field(max_length=32, pattern=r"^[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", examples=["100m", "64Mi", "10Gi"])
]
Labels = dict[str, Annotated[str, Field(max_length=63)]]


class Resources(ApiModel):
    """What a container asks for and may use at most."""

    requests: dict[str, Quantity] | None = Field(None, description="Asked for: cpu, memory.", max_length=8)
    limits: dict[str, Quantity] | None = Field(None, description="Allowed at most: cpu, memory.", max_length=8)


class Toleration(ApiModel):
    """A taint that the pods put up with."""

    key: str | None = Field(None, description="Key of the taint. Absent: every key.", max_length=316)
    operator: Literal["Exists", "Equal"] | None = Field(None, description="How value is compared. Default: Equal.")
    value: str | None = Field(None, description="Value of the taint.", max_length=63)
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] | None = Field(
        None, description="Effect of the taint. Absent: every effect."
    )
    toleration_seconds: int | None = Field(
        None, description="How long NoExecute is put up with, in seconds. Absent: for ever.", ge=0
    )


class PersistentVolumeJournal(ApiModel):
    """A volume that outlives the pod: the default, with a size of 10Gi."""

    size: Quantity | None = Field(None, description="Size of the volume claim. Default: 10Gi.")
    storage_class_name: ObjectName | None = Field(
        None, description="Storage class of the claim. Default: the cluster's default class."
    )


class EmptyDirJournal(ApiModel):
    """A directory that ends with its pod: for trials. The status says what it can lose."""

    size_limit: Quantity | None = Field(None, description="Size of the directory at most. Default: 1Gi.")


class Retention(ApiModel):
    """How long events are kept after every sink has had them; before that, they are never dropped."""

    max_age: Duration | None = Field(None, description="Age after which an event is dropped. Default: 72h.")
    max_size: Quantity | None = Field(
        None, description="Size of the journal at which the oldest are dropped. Default: four fifths of the volume."
    )


class Journal(ApiModel):
    """Where events are kept before they are acknowledged to Okta."""

    model_config = rules(exactly_one_of("persistentVolume", "emptyDir"))

    persistent_volume: PersistentVolumeJournal | None = Field(
        None, description="A volume that outlives the pod. The default."
    )
    empty_dir: EmptyDirJournal | None = Field(
        None, description="A directory that ends with its pod, for trials: events are lost with it."
    )
    retention: Retention | None = Field(None, description="How long events are kept once every sink has had them.")
    on_delete: Literal["Delete", "Retain"] | None = Field(
        None, description="What becomes of the volume when the hook's object is deleted. Default: Delete."
    )


class Receiver(ApiModel):
    """The pods that Okta calls."""

    model_config = rules(
        Rule(
            "!has(self.mode) || self.mode != 'External' || (!has(self.journal) && !has(self.resources)"
            " && !has(self.nodeSelector) && !has(self.tolerations) && !has(self.priorityClassName)"
            " && !has(self.podLabels))",
            "with mode External the endpoint is your own: leave out journal, resources and scheduling",
        )
    )

    mode: Literal["Managed", "External"] | None = Field(
        None,
        description=(
            "Managed: the operator runs the receiver. External: the address in exposure.url is an endpoint of your own,"
            " and the operator registers, verifies and watches the hook only. Default: Managed."
        ),
    )
    journal: Journal | None = Field(None, description="Where events are kept. Default: a volume of 10Gi.")
    resources: Resources | None = Field(
        None, description="Of the container that Okta calls. Default: requests of 50m cpu and 64Mi memory."
    )
    node_selector: Labels | None = Field(None, description="Labels of the nodes to run on.", max_length=16)
    tolerations: list[Toleration] | None = Field(None, description="Taints to put up with.", max_length=16)
    priority_class_name: ObjectName | None = Field(None, description="Priority class of the pods.")
    pod_labels: Labels | None = Field(None, description="Further labels of the pods.", max_length=16)
