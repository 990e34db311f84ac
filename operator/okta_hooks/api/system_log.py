"""What of Okta's System Log concerns a hook."""

from __future__ import annotations

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.api.values import EventType, Timestamp


class SystemLogSpec(ApiModel):
    """Events that no hook can deliver."""

    event_types: list[EventType] = Field(
        description=(
            "Types of events to poll for, 1 to 300, such as security.threat.detected. They go through the same journal,"
            " routes and sinks, some seconds up to logPollInterval of the organisation after they happened."
        ),
        min_length=1,
        max_length=300,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )


class SystemLogState(ApiModel):
    """Events that were polled for; written at most once a minute."""

    received: int = Field(0, description="Events that were given to the receiver.", ge=0)
    given_until: Timestamp | None = Field(
        None, description="Events from before were given, as far as the log had them; by Okta's clock."
    )
    message: str | None = Field(None, description="What is in the way, as a sentence.", max_length=2000)


class FailuresState(ApiModel):
    """Deliveries that Okta gave up, as its System Log says; of the hook that is in Okta now."""

    count: int = Field(0, description="How many.", ge=0)
    last_time: Timestamp | None = Field(None, description="When the last was given up, by Okta's clock.")
    last_reason: str | None = Field(
        None, description="Why, in Okta's words; absent where it does not say.", max_length=300
    )
