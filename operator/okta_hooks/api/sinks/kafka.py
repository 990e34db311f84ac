"""The sink `kafka`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, exactly_one_of, rules, validated_by
from okta_hooks.api.sinks.tls import CERTIFICATE_WITH_KEY, NO_TLS_IN_CLEAR, Tls
from okta_hooks.api.url import PORT
from okta_hooks.api.values import Duration, SecretKeyRef, duration_between

_Broker = Annotated[str, Field(max_length=260, pattern=rf"^([-A-Za-z0-9._]+|\[[0-9A-Fa-f:.]+\]):{PORT}$")]
_Patience = Annotated[
    Duration,
    Field(json_schema_extra=validated_by(duration_between("1s", "5m", "timeout of kafka is at least 1s, at most 5m"))),
]
_PASSWORD_ENCRYPTED = Rule(
    "!has(self.insecure) || !self.insecure || !has(self.auth) || self.bootstrapServers.all(broker,"
    " broker.matches('^[-a-z0-9.]+[.]svc([.]cluster[.]local)?:[0-9]+$'))",
    "a password goes in clear to Services of the cluster only: leave insecure out, or name brokers such as"
    " kafka.events.svc:9092",
)


class SaslPlain(ApiModel):
    """A user and a password, which the broker gets to see (RFC 4616)."""

    username_secret_ref: SecretKeyRef = Field(description="Where the user's name is.")
    password_secret_ref: SecretKeyRef = Field(description="Where the password is.")


class SaslScram(SaslPlain):
    """A user and a password, which the broker has to know already (RFC 5802)."""

    hash: Literal["Sha256", "Sha512"] | None = Field(
        None,
        description=(
            "What the broker's user was made with. Sha256: SCRAM-SHA-256. Sha512: SCRAM-SHA-512. Default: Sha512."
        ),
    )


class KafkaAuth(ApiModel):
    """What to be known by, besides a certificate."""

    model_config = rules(exactly_one_of("plain", "scram"))

    plain: SaslPlain | None = Field(None, description="SASL PLAIN.")
    scram: SaslScram | None = Field(None, description="SASL SCRAM.")


class KafkaSink(Tls):
    """A topic of Kafka."""

    model_config = rules(CERTIFICATE_WITH_KEY, NO_TLS_IN_CLEAR, _PASSWORD_ENCRYPTED)

    bootstrap_servers: list[_Broker] = Field(
        description="Brokers to begin with, 1 to 16, such as kafka-0.example.com:9093.", min_length=1, max_length=16
    )
    topic: Annotated[str, Field(min_length=1, max_length=249, pattern=r"^[-A-Za-z0-9._]+$")] = Field(
        description="Where events go."
    )
    key: Literal["Uuid", "Actor"] | None = Field(
        None,
        description=(
            "What a message's key is, by which its partition is chosen. Uuid: the event's own. Actor: the id of who did"
            " it, so that one actor's events stay in order. Default: Uuid."
        ),
    )
    insecure: bool | None = Field(
        None,
        description=(
            "Has connections go without TLS, so that whoever is on the way reads the events; with a password, to"
            " Services of the cluster only. Default: false."
        ),
    )
    auth: KafkaAuth | None = Field(
        None, description="What to be known by: exactly one of plain and scram. Default: nothing but a certificate."
    )
    compression: Literal["None", "Gzip", "Snappy", "Lz4", "Zstd"] | None = Field(
        None, description="How messages are compressed: None, Gzip, Snappy, Lz4 or Zstd. Default: Lz4."
    )
    max_message_bytes: Annotated[int, Field(ge=1000, le=100_000_000)] | None = Field(
        None,
        description=(
            "The largest message, in bytes before compression, as the topic takes it; a larger one is refused for good."
            " Default: 1048576."
        ),
    )
    timeout: _Patience | None = Field(
        None, description="How long the cluster may take to acknowledge a batch, such as 10s; 1s to 5m. Default: 30s."
    )
