"""An entry of a hook's `spec.sinks`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, exactly_one_of, rules
from okta_hooks.api.sinks.destination import CLOUD_EVENTS_FIT, TYPES, Destination
from okta_hooks.api.sinks.options import SinkOptions
from okta_hooks.api.values import ObjectName

SinkName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
Moment = Annotated[
    str,
    Field(
        max_length=40,
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
        json_schema_extra={"format": "date-time"},
    ),
]


class SinkRef(ApiModel):
    """A sink that hooks share."""

    kind: Literal["OktaEventSink", "ClusterOktaEventSink"] | None = Field(
        None,
        description=(
            "OktaEventSink, of the hook's namespace, or ClusterOktaEventSink, of the cluster. Default: OktaEventSink."
        ),
    )
    name: ObjectName = Field(description="Name of the sink's object.")


class HookSink(Destination, SinkOptions):
    """Somewhere events are copied to: a sink that is shared, or one type."""

    model_config = rules(exactly_one_of("ref", *TYPES), CLOUD_EVENTS_FIT)

    name: SinkName = Field(
        description="Name of the sink, unique in the hook. How far it has come is kept under this name."
    )
    ref: SinkRef | None = Field(
        None,
        description=(
            "An OktaEventSink or ClusterOktaEventSink. Its format, batch, retry, concurrency and maxRate count where"
            " this entry has none."
        ),
    )
    start_at: Moment | None = Field(
        None,
        description=(
            "Events that Okta published before this time, such as 2026-01-31T12:00:00Z, do not go to this sink."
            " Default: all do."
        ),
    )
    on_full: Literal["Wait", "Skip"] | None = Field(
        None,
        description=(
            "What becomes of events that this sink has not had when the journal is full. Wait: they stay, and Okta is"
            " told to come again. Skip: they are dropped for this sink, and which is written down. Default: Wait."
        ),
    )
