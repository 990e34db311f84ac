"""OktaEventSink and ClusterOktaEventSink: a sink that several hooks share by reference."""

from __future__ import annotations

from pydantic import Field

from okta_hooks.api.model import ApiModel, exactly_one_of, rules
from okta_hooks.api.sinks.destination import CLOUD_EVENTS_FIT, TYPES, Destination
from okta_hooks.api.sinks.options import SinkOptions
from okta_hooks.api.values import Condition, LabelSelector, Timestamp


class OktaEventSinkSpec(Destination, SinkOptions):
    """A sink for hooks of its namespace; its Secrets are there too."""

    model_config = rules(exactly_one_of(*TYPES), CLOUD_EVENTS_FIT)


class ClusterOktaEventSinkSpec(OktaEventSinkSpec):
    """A sink for hooks of several namespaces; its Secrets are in the operator's namespace."""

    namespace_selector: LabelSelector | None = Field(
        None,
        description=(
            "Namespaces whose hooks may name this sink, and into which its credentials are copied. Default: all."
        ),
    )


class OktaEventSinkStatus(ApiModel):
    """What was seen of a sink by the hooks that use it, in sum."""

    observed_generation: int = Field(0, description="The generation of the spec that this speaks of.", ge=0)
    conditions: list[Condition] = Field(
        default_factory=list,
        description="Ready: its Secrets are there, and it takes the events of every hook that uses it.",
        max_length=16,
        json_schema_extra={"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"]},
    )
    hooks: int = Field(0, description="Hooks that use it.", ge=0)
    backlog: int = Field(0, description="Events that wait for it.", ge=0)
    oldest_event_time: Timestamp | None = Field(None, description="When the oldest event that waits was received.")
    last_success_time: Timestamp | None = Field(None, description="When it last took an event.")
    dead_letters: int = Field(0, description="Events that it refused for good, and that are kept.", ge=0)
