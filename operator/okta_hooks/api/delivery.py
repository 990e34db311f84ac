"""What becomes of events that Okta should have delivered and did not."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, validated_by
from okta_hooks.api.values import Duration, Timestamp, duration_between

BackfillMode = Literal["Repair", "DetectOnly", "Off"]

LONGEST_MESSAGE = 2000
"""Characters of a sentence in the status."""

_HISTORY = duration_between(
    "1m", "2160h", "history is from 1m to 2160h, the 90 days that Okta keeps its System Log: write it like 24h"
)


class DeliverySpec(ApiModel):
    """How deliveries are watched, and what is made up for."""

    backfill: BackfillMode | None = Field(
        None,
        description=(
            "What becomes of events that Okta had and did not deliver. Repair: they are read from its System Log, and"
            " go to the sinks as if they had been delivered. DetectOnly: they are counted. Off: nobody looks. Default:"
            " Repair."
        ),
    )
    history: Annotated[Duration, Field(json_schema_extra=validated_by(_HISTORY))] | None = Field(
        None,
        description=(
            "How far back a hook that is new is given the events from before it was there, up to 2160h, which is 90"
            " days. Default: not at all."
        ),
    )


class TimeSpan(ApiModel):
    """A time by Okta's clock."""

    since: Timestamp = Field(description="Its first moment.")
    until: Timestamp = Field(description="The moment after it.")


class SubscribedTypes(ApiModel):
    """Types of events that Okta has delivered since the same moment."""

    since: Timestamp = Field(description="Since when they are due, by Okta's clock.")
    event_types: list[str] = Field(description="The types.", max_length=300)


class BackfillStatus(ApiModel):
    """How far the search for events has got that were due and never came; written at most once a minute."""

    mode: BackfillMode = Field(
        description="Repair: they are brought. DetectOnly: they are counted. Off: nobody looks for them."
    )
    message: str | None = Field(
        None,
        description="What is in the way of it, or what is not searched for, as a sentence.",
        max_length=LONGEST_MESSAGE,
    )
    undecided: int = Field(
        0,
        description=(
            "Events that never came, and that the hook's filter may have left out: the operator cannot evaluate it."
        ),
        ge=0,
    )
    history: int = Field(0, description="Events that were brought from before the hook was verified.", ge=0)
    last_missed_time: Timestamp | None = Field(None, description="When an event was found last that never came.")
    to_search: list[TimeSpan] | None = Field(
        None,
        description=(
            "Times that hold events which never came, or may. The first is being searched now, and begins where the"
            " search is: oldest first."
        ),
        max_length=8,
    )
    history_to_bring: TimeSpan | None = Field(
        None, description="What is left of delivery.history; it begins where the back-fill is."
    )
    judged_until: Timestamp | None = Field(
        None, description="Events from before have come, or are in toSearch. By Okta's clock."
    )
    since: Timestamp | None = Field(None, description="When the hook was verified first: what came before is not due.")
    subscribed: list[SubscribedTypes] | None = Field(
        None, description="Since when each type of event is due.", max_length=300
    )
