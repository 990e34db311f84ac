"""Which events a sink gets."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.api.sinks.hook_sink import SinkName

TypePattern = Annotated[str, Field(min_length=1, max_length=256, pattern=r"^([A-Za-z0-9_-]+\.)*([A-Za-z0-9_-]+|\*)$")]


class Route(ApiModel):
    """Sends events to sinks."""

    name: SinkName = Field(description="Name of the route, unique in the hook.")
    event_types: list[TypePattern] | None = Field(
        None,
        description="Types of events, such as user.account.lock, or beginnings, such as user.session.*. Default: all.",
        min_length=1,
        max_length=300,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )
    when: Annotated[str, Field(min_length=1, max_length=4096)] | None = Field(
        None,
        description=(
            "What besides has to hold of an event, in CEL over event, such as event.outcome.result == 'FAILURE'. Where"
            " it cannot be told, the event goes to the sinks. Default: nothing has to."
        ),
    )
    sinks: list[SinkName] = Field(
        description="Names of the sinks that get these events, 1 to 16.",
        min_length=1,
        max_length=16,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )
