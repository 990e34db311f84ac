"""The sink `splunkHec`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from okta_hooks.api.model import ApiModel, rules, validated_by
from okta_hooks.api.sinks.endpoint import ENCRYPTED, Compression, Endpoint, SinkUrl, credential_encrypted
from okta_hooks.api.values import Duration, SecretKeyRef, duration_between

_Word = Annotated[str, Field(min_length=1, max_length=256)]
_Patience = Annotated[
    Duration,
    Field(json_schema_extra=validated_by(duration_between("1ms", "10m", "timeout is more than nothing, at most 10m"))),
]


class Acknowledgement(ApiModel):
    """Waiting until events are in the index, which the token has to allow."""

    timeout: _Patience | None = Field(
        None,
        description="How long a batch may take until it is sent again, such as 2m; at most 10m. Default: 60s.",
    )


class SplunkHecSink(Endpoint):
    """Splunk's HTTP Event Collector, and those who speak its protocol."""

    model_config = rules(ENCRYPTED, credential_encrypted("true"))

    url: SinkUrl = Field(
        description=(
            "Address of the collector, such as https://splunk.example.com:8088: what comes before /services/collector."
        )
    )
    token_secret_ref: SecretKeyRef = Field(description="Where the collector's token is.")
    index: _Word | None = Field(None, description="Index that events go to. Default: that of the token.")
    source: _Word | None = Field(None, description="What Splunk calls source. Default: okta-event-hooks.")
    sourcetype: _Word | None = Field(None, description="What Splunk calls sourcetype. Default: OktaIM2:log.")
    host: _Word | None = Field(None, description="What Splunk calls host. Default: whatever the collector makes of it.")
    compression: Compression | None = Field(
        None, description="Gzip: requests are compressed. None: they are not. Default: Gzip."
    )
    acknowledgement: Acknowledgement | None = Field(
        None,
        description=(
            "Wait until events are in the index, for tokens with indexer acknowledgement. Default: that the collector"
            " has queued them is enough."
        ),
    )
