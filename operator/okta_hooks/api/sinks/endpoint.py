"""What sinks over HTTP have in common: an address, whom to trust there, how long to wait, and what to be known by."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from okta_hooks.api.model import ApiModel, Rule, validated_by
from okta_hooks.api.url import PERCENT, PORT, SIGNS
from okta_hooks.api.values import Duration, SecretKeyRef, duration_between

_WITH_HOST = Rule(
    f"self.matches('^https?://[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:{PORT})?([/?].*)?$')",
    "write https:// and a host, such as https://siem.example.com/events; a user and a password belong in a Secret",
)
SinkUrl = Annotated[str, Field(max_length=1024, json_schema_extra=validated_by(_WITH_HOST, SIGNS, PERCENT))]

_TLS = Rule("self.startsWith('https://')", "the client's secret is sent there: write https://")
TokenUrl = Annotated[str, Field(max_length=1024, json_schema_extra=validated_by(_TLS, _WITH_HOST, SIGNS, PERCENT))]

Patience = Annotated[
    Duration,
    Field(json_schema_extra=validated_by(duration_between("1ms", "5m", "timeout is more than nothing and at most 5m"))),
]
Compression = Literal["Gzip", "None"]

ENCRYPTED = Rule(
    "self.url.startsWith('https://') || (has(self.insecure) && self.insecure)",
    "events would cross the network in clear: write https://, or insecure: true where the network is your own",
)
_IN_THE_CLUSTER = (
    f"self.url.matches('^http://[a-z0-9]([-a-z0-9]*[a-z0-9])?[.][a-z0-9]([-a-z0-9]*[a-z0-9])?[.]svc"
    f"([.]cluster[.]local)?(:{PORT})?([/?].*)?$')"
)


def credential_encrypted(has_credential: str) -> Rule:
    """A credential is sent in clear to Services of the cluster only.

    Args:
        has_credential: CEL that says whether there is one.
    """
    return Rule(
        f"self.url.startsWith('https://') || !({has_credential}) || {_IN_THE_CLUSTER}",
        "a credential is sent in clear to a Service of the cluster only: write https://, or a host such as"
        " collector.siem.svc",
    )


class Endpoint(ApiModel):
    """Where a sink is."""

    insecure: bool | None = Field(
        None,
        description=(
            "Lets url begin with http://, so that whoever is on the way reads the events; with a credential, to a"
            " Service of the cluster only, such as collector.siem.svc. Default: false."
        ),
    )
    timeout: Patience | None = Field(
        None, description="How long one request may take, such as 10s; at most 5m. Default: 30s."
    )
    ca_secret_ref: SecretKeyRef | None = Field(
        None, description="Certificates (PEM) of the only authorities to trust. Default: the public authorities."
    )


class Bearer(ApiModel):
    """A token (RFC 6750)."""

    token_secret_ref: SecretKeyRef = Field(description="Where the token is.")


class Basic(ApiModel):
    """A user and a password (RFC 7617)."""

    username_secret_ref: SecretKeyRef = Field(description="Where the user's name is.")
    password_secret_ref: SecretKeyRef = Field(description="Where the password is.")
