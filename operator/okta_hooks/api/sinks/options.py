"""How events are written for a sink, and how they are handed over.

The words of delivery are those of Knative (https://knative.dev/docs/eventing/event-delivery/).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, rules, validated_by
from okta_hooks.api.values import Duration, SecretKeyRef, duration_between

_FieldPath = Annotated[str, Field(min_length=1, max_length=256, pattern=r"^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$")]
_BatchAge = Annotated[
    Duration,
    Field(json_schema_extra=validated_by(duration_between("0s", "24h", "batch.maxAge is at most 24h"))),
]
_Pause = Annotated[
    Duration,
    Field(json_schema_extra=validated_by(duration_between("1ms", "1h", "a pause is more than nothing and at most 1h"))),
]


class Format(ApiModel):
    """How an event is written."""

    model_config = rules(
        Rule(
            "has(self.pseudonymise) == has(self.pseudonymKeySecretRef)",
            "pseudonymise and pseudonymKeySecretRef go together: the key is what keeps others from guessing what was"
            " there",
        ),
        Rule(
            "!(has(self.drop) && 'uuid' in self.drop) && !(has(self.pseudonymise) && 'uuid' in self.pseudonymise)",
            "uuid is an event's identity, by which sinks know a repeat: leave it out of drop and pseudonymise",
        ),
        Rule(
            "!has(self.pseudonymise) || self.pseudonymise.all(path,"
            " !self.pseudonymise.exists(other, path.startsWith(other + '.')))",
            "pseudonymise names a field and a part of it: leave one out",
        ),
    )

    type: Literal["okta", "cloudevents", "ecs", "ocsf"] | None = Field(
        None,
        description=(
            "okta: the event as it was received, in an envelope that says where it comes from. cloudevents: CloudEvents"
            " 1.0. ecs: Elastic Common Schema. ocsf: Open Cybersecurity Schema Framework. Default: okta."
        ),
    )
    drop: list[_FieldPath] | None = Field(
        None,
        description="Fields of the event to leave out, such as client.ipAddress. Default: none.",
        min_length=1,
        max_length=64,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )
    pseudonymise: list[_FieldPath] | None = Field(
        None,
        description=(
            "Fields of the event in whose place a keyed hash is put, such as actor.alternateId: equal values stay"
            " equal, and only who has the key can tell which they are. Default: none."
        ),
        min_length=1,
        max_length=32,
        json_schema_extra={"x-kubernetes-list-type": "set"},
    )
    pseudonym_key_secret_ref: SecretKeyRef | None = Field(
        None, description="Where the key of those hashes is, of at least 16 bytes. Default: none, without pseudonymise."
    )


class Batch(ApiModel):
    """When a batch is complete: by whichever comes first."""

    max_events: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        None, description="Events at most, 1 to 10000. Default: 500; for objectStorage 10000."
    )
    max_bytes: Annotated[int, Field(ge=1, le=16 << 20)] | None = Field(
        None, description="Bytes at most, 1 to 16777216. Default: 1048576."
    )
    max_age: _BatchAge | None = Field(
        None,
        description=(
            "How long a batch waits for more events, such as 5s; at most 24h. Default: 0s; for objectStorage 60s."
        ),
    )


class Retry(ApiModel):
    """How long to wait after a failure. An event is tried until it is taken or refused for good."""

    backoff_policy: Literal["exponential", "linear"] | None = Field(
        None,
        description=(
            "exponential: each pause is twice as long as the one before. linear: each is longer by backoffDelay. Both"
            " with jitter. Default: exponential."
        ),
    )
    backoff_delay: _Pause | None = Field(None, description="The first pause, such as 500ms or 2s. Default: 500ms.")
    backoff_max_delay: _Pause | None = Field(None, description="The longest pause, such as 5m. Default: 60s.")


class SinkOptions(ApiModel):
    """How events are written and handed over."""

    format: Format | None = Field(
        None, description="How events are written, and what of them is left out. Default: okta, and all of it."
    )
    batch: Batch | None = Field(
        None,
        description=(
            "How many events go together. Default: up to 500 or 1048576 bytes, and none waits; for objectStorage up to"
            " 10000 or 1048576 bytes, collected for 60s."
        ),
    )
    retry: Retry | None = Field(
        None, description="How long to wait after a failure. Default: 500ms, then twice as long each time, up to 60s."
    )
    concurrency: Annotated[int, Field(ge=1, le=64)] | None = Field(
        None,
        description="Batches on their way at once, 1 to 64; with more than one, order is not kept. Default: 1.",
    )
    max_rate: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Events a second at most, 1 to 1000000. Default: as many as the sink takes."
    )
