"""What of Okta's System Log concerns a hook."""

from __future__ import annotations

from pydantic import Field

from okta_hooks.api.model import ApiModel
from okta_hooks.api.values import Timestamp


class FailuresState(ApiModel):
    """Deliveries that Okta gave up, as its System Log says; of the hook that is in Okta now."""

    count: int = Field(0, description="How many.", ge=0)
    last_time: Timestamp | None = Field(None, description="When the last was given up, by Okta's clock.")
    last_reason: str | None = Field(
        None, description="Why, in Okta's words; absent where it does not say.", max_length=300
    )
